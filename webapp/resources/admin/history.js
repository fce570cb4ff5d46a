// What is kept for those who come late, and how to let go of it.

import { Table, byId, bytes, element, many, number, setText, time } from './dom.js';

const MOST_RETAINED = 200;

export function history(router, refresh) {
  const dialog = byId('clear-dialog');
  const prefix = byId('retained-prefix');
  let clear = null;

  function button(label, text, work) {
    return element('button', { type: 'button', class: 'button quiet small', 'aria-label': `${label}…`, click: () => {
      clear = work;
      byId('clear-title').textContent = `${label}?`;
      byId('clear-text').textContent = text;
      dialog.showModal();
    } }, 'Clear…');
  }

  const histories = new Table(byId('histories-table'), [
    { label: 'Topics', make: ({ topics, match }) => element('span', {}, element('code', {}, topics || 'all topics'),
      element('span', { class: 'soft below' }, match)) },
    { label: 'Events', kind: 'number', text: ({ events, max_events: most }) => `${number(events)} of ${number(most)}` },
    { label: 'Oldest', text: ({ oldest }) => time(oldest) },
    { label: 'Newest', text: ({ newest }) => time(newest) },
    { label: 'Kept for', text: ({ max_age: age }) => duration(age) },
    { label: 'Where', text: ({ stored }) => (stored ? 'memory and database' : 'memory') },
    { label: 'What to do', hideLabel: true, kind: 'do', make: ({ topics, match }) => button(
      `Clear the history of ${match} ${topics}`,
      'Its events are gone for good. Pages that have missed any of them load their data anew when they are back.',
      async () => {
        const count = await router.call('carillon.history.clear', [topics]);
        return `${many(count, 'event')} of ${match} ${topics} cleared.`;
      }) },
  ], ({ topics, match }) => `${match} ${topics}`);

  const retained = new Table(byId('retained-table'), [
    { label: 'Topic', make: ({ topic }) => element('code', {}, topic) },
    { label: 'Events', kind: 'number', text: ({ events }) => number(events) },
    { label: 'Size', kind: 'number', text: ({ bytes: size }) => bytes(size) },
    { label: 'What to do', hideLabel: true, kind: 'do', make: ({ topic }) => button(
      `Clear what is retained of ${topic}`, 'Who subscribes from now on does not get it.',
      async () => {
        await router.call('carillon.retained.clear', [topic]);
        return `What was retained of ${topic} is cleared.`;
      }) },
  ], ({ topic }) => topic);

  byId('clear-confirm').addEventListener('click', async () => {
    dialog.close();
    try {
      await router.done(await clear());
      if (document.activeElement === document.body || !document.activeElement.isConnected) {
        prefix.focus(); // the button that opened the dialog has gone with its row
      }
    } catch (error) {
      router.failed('Nothing was cleared', error);
    }
  });
  prefix.addEventListener('input', () => refresh());

  return {
    async load() {
      const [all, topics] = await Promise.all([
        router.call('carillon.history.list'),
        router.call('carillon.retained.list', [prefix.value.trim()], { limit: MOST_RETAINED }),
      ]);
      histories.show(all);
      byId('histories-empty').hidden = all.length > 0;
      byId('histories-table').hidden = all.length === 0;
      retained.show(topics);
      byId('retained-empty').hidden = topics.length > 0;
      byId('retained-table').hidden = topics.length === 0;
      const events = all.reduce((sum, one) => sum + one.events, 0);
      const more = topics.length === MOST_RETAINED ? ' or more' : '';
      setText(byId('history-summary'), `${many(all.length, 'history', 'histories')} with ${many(events, 'event')}; last events of `
        + `${number(topics.length)}${more} ${topics.length === 1 ? 'topic' : 'topics'}.`);
    },
  };
}

/** An ISO 8601 duration of days or less, in words. */
function duration(iso) {
  const [, hours, minutes, seconds] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso) ?? [];
  const parts = [[hours, 'h'], [minutes, 'min'], [seconds, 's']].filter(([value]) => value);
  return parts.length ? parts.map(([value, unit]) => `${number(Number(value))} ${unit}`).join(' ') : iso;
}
