// Closes the application for its users, and opens it.

import { byId, element, many, setText, time } from './dom.js';

const STATES = { open: 'It is open.', announced: 'It is announced to be closed.', closed: 'It is closed.' };

const MINUTE = 60_000;

export function maintenance(router) {
  const form = byId('maintenance-form');
  const dialog = byId('maintenance-dialog');
  const start = byId('maintenance-start');
  const length = byId('maintenance-length');
  let plan = null;

  /** A whole number of minutes, null for none, undefined if it is neither. */
  function minutes(field, least) {
    const wrong = field.value.trim() !== '' && !(Number.isInteger(Number(field.value)) && Number(field.value) >= least);
    byId(`${field.id}-error`).textContent = wrong ? `Whole minutes, ${least} or more.` : '';
    if (wrong) {
      field.setAttribute('aria-invalid', 'true');
      field.focus();
      return undefined;
    }
    field.removeAttribute('aria-invalid');
    return field.value.trim() === '' ? null : Number(field.value);
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    const takes = minutes(length, 1);
    const delay = minutes(start, 0);
    if (takes === undefined || delay === undefined) {
      return;
    }
    plan = { message: byId('maintenance-message').value, delay: delay ?? 0, takes };
    byId('maintenance-dialog-text').textContent = plan.delay > 0
      ? `All pages count down ${many(plan.delay, 'minute')}. Then users can do nothing until somebody opens it again.`
      : 'From now on users can do nothing until somebody opens it again. What they have entered is not saved.';
    dialog.showModal();
  });

  byId('maintenance-confirm').addEventListener('click', async () => {
    dialog.close();
    const begin = Date.now() + plan.delay * MINUTE;
    const kwargs = { message: plan.message };
    if (plan.delay > 0) {
      kwargs.start = new Date(begin).toISOString();
    }
    if (plan.takes) {
      kwargs.end = new Date(begin + plan.takes * MINUTE).toISOString();
    }
    try {
      const { state } = await router.call('carillon.maintenance.lock', [], kwargs);
      await router.done(STATES[state]);
    } catch (error) {
      router.failed('It was not closed', error);
    }
  });

  byId('maintenance-unlock').addEventListener('click', async () => {
    try {
      await router.call('carillon.maintenance.unlock');
      await router.done(STATES.open);
      byId('maintenance-title').focus(); // the button has gone
    } catch (error) {
      router.failed('It was not opened', error);
    }
  });

  function facts({ message, since, start: begin, end, by }) {
    const all = [['Users are told', message || '–'], ['Since', time(since)], ['By', by ?? '–'], ['Closes, or was closed', time(begin)],
      ['Planned end', time(end)]];
    byId('maintenance-facts').replaceChildren(...all.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
  }

  return {
    async load() {
      const status = await router.call('carillon.maintenance.status');
      setText(byId('maintenance-summary'), STATES[status.state]);
      byId('maintenance-now').hidden = status.state === 'open';
      form.hidden = status.state === 'closed';
      setText(byId('maintenance-unlock'), status.state === 'announced' ? 'Call it off' : 'Open it again');
      facts(status);
    },
  };
}
