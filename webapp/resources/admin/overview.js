// Charts of what happens, and who comes and goes.

import { byId, element, number, setText, time } from './dom.js';
import { Sparkline, latest } from './samples.js';

/** So many lines are kept; the log of the server has them all. */
const MOST_LINES = 12;

const named = (...names) => sample => names.includes(sample.name);

const CHARTS = [
  { label: 'Connections', unit: 'open now', of: samples => samples.sum(named('carillon.connections')) },
  { label: 'Publications', unit: 'a second', of: samples => samples.sum(named('carillon.publications')) },
  { label: 'Events', unit: 'a second', of: samples => samples.sum(named('carillon.events', 'carillon.events.on.subscribe')) },
  { label: 'Calls', unit: 'a second', of: samples => samples.sum(named('carillon.calls')) },
  { label: 'Refused', unit: 'a second', of: samples => samples.sum(named('carillon.refused')) },
  { label: 'Dropped', unit: 'a second', of: samples => samples.sum(named('carillon.notifications.dropped')) },
];

export function overview(router) {
  const list = byId('charts');
  const charts = CHARTS.map(chart => {
    const figure = element('span', { class: 'figure' }, '–');
    const sparkline = new Sparkline(240, 48);
    list.append(element('li', { class: 'card chart' },
      element('span', { class: 'chart-label' }, chart.label),
      element('span', { class: 'chart-figure' }, figure, element('span', { class: 'soft' }, ` ${chart.unit}`)),
      sparkline.element));
    return { ...chart, figure, sparkline };
  });

  return {
    async load() {},

    count() {
      for (const { of, figure, sparkline } of charts) {
        const curve = of(router.samples);
        setText(figure, number(latest(curve)));
        sparkline.show(curve);
      }
    },

    heard({ topic, payload, args }) {
      const text = topic === 'wamp.session.on_join'
        ? `${payload.authid} has come`
        : topic === 'wamp.session.on_leave' ? `${args[1]} has gone` : null;
      if (text === null) {
        return;
      }
      byId('activity-empty').hidden = true;
      const log = byId('activity');
      const kind = topic === 'wamp.session.on_join' ? 'came' : 'went';
      log.prepend(element('li', { class: kind }, element('time', {}, time(new Date().toISOString())), ' ', text));
      while (log.children.length > MOST_LINES) {
        log.lastElementChild.remove();
      }
    },
  };
}
