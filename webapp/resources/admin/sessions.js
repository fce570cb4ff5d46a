// Who is connected, and the end of sessions.

import { Table, byId, bytes, element, many, number, setText, time } from './dom.js';

/** More than anybody reads; the filter looks through these only. */
const MOST = 500;

export function sessions(router) {
  const filter = byId('sessions-filter');
  const dialog = byId('session-dialog');
  let listed = [];
  let total = 0;
  let chosen = null;

  const table = new Table(byId('sessions-table'), [
    { label: 'User', make: session => element('span', {}, element('strong', {}, session.authid), ' ',
      element('span', { class: 'soft' }, session.authrole)) },
    { label: 'Since', text: session => time(session.since) },
    { label: 'Address', text: session => session.address ?? '–' },
    { label: 'Protocol', text: session => session.protocol.replace('wamp.2.', '') },
    { label: 'Subscriptions', kind: 'number', text: session => number(session.subscriptions) },
    { label: 'Registrations', kind: 'number', text: session => number(session.registrations) },
    { label: 'Waiting', kind: 'number', text: waiting },
    { label: 'What to do', hideLabel: true, kind: 'do', make: session => session.session === router.session
      ? element('span', { class: 'soft' }, 'this page')
      : element('button', { type: 'button', class: 'button quiet small', click: () => open(session),
        'aria-label': `End session ${session.session} of ${session.authid}…` }, 'End…') },
  ], session => session.session);

  function show() {
    const words = filter.value.trim().toLowerCase();
    const found = listed.filter(({ authid, authrole, address, session }) =>
      [authid, authrole, address ?? '', String(session)].some(text => text.toLowerCase().includes(words)));
    table.show(found);
    byId('sessions-empty').hidden = found.length > 0;
    const shown = total > listed.length ? `, of which the latest ${number(listed.length)} are listed` : '';
    setText(byId('sessions-summary'), `${many(total, 'session')}${shown}.`);
  }

  async function open(session) {
    chosen = session;
    byId('session-title').textContent = `End the session of ${session.authid}?`;
    byId('session-details').replaceChildren(
      ...pair('Session', String(session.session)), ...pair('Role', session.authrole),
      ...pair('Since', time(session.since)), ...pair('Address', session.address ?? 'not known'));
    byId('session-topics').replaceChildren(element('li', { class: 'soft' }, 'Loading…'));
    byId('session-message').value = '';
    dialog.returnValue = '';
    dialog.showModal();
    byId('session-message').focus();
    try {
      const { subscriptions } = await router.call('carillon.session.get', [session.session]);
      byId('session-topics').replaceChildren(...subscriptions.map(({ topic, match }) => element('li', {},
        element('code', {}, topic), match === 'exact' ? '' : ` (${match})`)));
      if (subscriptions.length === 0) {
        byId('session-topics').replaceChildren(element('li', { class: 'soft' }, 'None.'));
      }
    } catch (error) {
      byId('session-topics').replaceChildren(element('li', { class: 'field-error' }, error.message));
    }
  }

  async function end() {
    const message = byId('session-message').value.trim();
    byId('sessions-filter').focus(); // the button that opened the dialog goes with its row
    try {
      await router.call('wamp.session.kill', [chosen.session], message ? { message } : {});
      router.done(`The session of ${chosen.authid} has ended.`);
    } catch (error) {
      router.failed(`The session of ${chosen.authid} goes on`, error);
    }
  }

  filter.addEventListener('input', show);
  dialog.addEventListener('close', () => dialog.returnValue === 'end' && end());
  byId('session-cancel').addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.repeat) {
      event.preventDefault(); // the key that opened the dialog is still down
    }
  });

  return {
    async load() {
      [listed, total] = await Promise.all([
        router.call('carillon.session.list', [], { limit: MOST }),
        router.call('wamp.session.count'),
      ]);
      show();
    },
  };
}

function waiting({ queued_messages: messages, queued_bytes: size }) {
  return messages === 0 ? '–' : `${number(messages)} (${bytes(size)})`;
}

function pair(name, value) {
  return [element('dt', {}, name), element('dd', {}, value)];
}
