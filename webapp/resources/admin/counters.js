// Everything that the router counts, whatever that is.

import { Table, byId, element, number, setText } from './dom.js';
import { Sparkline, idOf, latest } from './samples.js';

export function counters(router) {
  const filter = byId('counters-filter');
  const table = new Table(byId('counters-table'), [
    { label: 'Name', make: ({ name, labels }) => element('span', {}, element('code', {}, name.replace(/^carillon\./, '')),
      element('span', { class: 'soft below' }, text(labels))) },
    { label: 'Value', kind: 'number', text: ({ value }) => number(value) },
    { label: 'Last five minutes', kind: 'curve', make: sample => curve(router, sample) },
  ], idOf);

  function show() {
    const words = filter.value.trim().toLowerCase();
    const found = router.samples.all
      .filter(({ name, labels }) => `${name} ${text(labels)}`.toLowerCase().includes(words))
      .filter(({ name }) => !name.endsWith('.bucket') || words.includes('bucket')); // steps of a histogram are many
    table.show(found);
    byId('counters-empty').hidden = found.length > 0;
  }

  filter.addEventListener('input', show);

  return {
    async load() {
      show();
    },

    /** Nobody sees it while the view is hidden. */
    count() {
      if (!byId('counters-table').closest('.view').hidden) {
        show();
      }
    },
  };
}

const text = labels => Object.entries(labels).map(([name, value]) => `${name} ${value}`).join(', ');

function curve(router, sample) {
  const figure = element('span');
  const sparkline = new Sparkline(96, 24);
  return {
    element: element('span', { class: 'rate' }, sparkline.element, figure),
    update(now) {
      const points = router.samples.curve(now);
      sparkline.show(points);
      setText(figure, sample.kind === 'counter' ? `${number(latest(points))} a second` : '');
    },
  };
}
