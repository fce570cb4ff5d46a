// A publication by hand: tried first, so that nobody is surprised by who gets what.

import { byId, element, many } from './dom.js';

export function publish(router) {
  const form = byId('publish-form');
  const topic = byId('publish-topic');
  const payload = byId('publish-payload');
  const retain = byId('publish-retain');
  const result = byId('publish-result');

  function complain(field, text) {
    byId(`${field.id}-error`).textContent = text ?? '';
    if (text) {
      field.setAttribute('aria-invalid', 'true');
      field.focus();
    } else {
      field.removeAttribute('aria-invalid');
    }
  }

  /** Null if something is wrong with it, which is said then. */
  function read() {
    complain(payload, null);
    complain(topic, null);
    const publication = { topic: topic.value.trim(), payload: null, retain: retain.checked };
    try {
      publication.payload = JSON.parse(payload.value.trim() || 'null');
    } catch (error) {
      complain(payload, `This is not JSON: ${error.message}. A text goes into double quotes: "Hello".`);
      return null;
    }
    if (!publication.topic) {
      complain(topic, 'Name a topic, such as orders/17.');
      return null;
    }
    return publication;
  }

  async function trial(event) {
    event.preventDefault();
    const publication = read();
    if (!publication) {
      return;
    }
    try {
      show(publication, await router.call('carillon.topic.try', [publication.topic, publication.payload]));
    } catch (error) {
      result.replaceChildren(element('h2', {}, 'It could not be tried'), element('p', { class: 'field-error' }, error.message));
    }
  }

  function show(publication, answer) {
    const head = element('h2', {}, element('code', {}, publication.topic));
    const by = answer.handler
      ? element('p', {}, 'Handled by ', element('code', { title: answer.handler }, answer.handler.split('.').at(-1)), '.')
      : element('p', {}, 'Nobody has declared this topic: only those see it to whom something else grants it.');
    if (answer.refused) {
      result.replaceChildren(head, by, element('p', { class: 'message error' }, `Refused: ${answer.refused}`),
        element('p', { class: 'soft' }, answer.error));
      return;
    }
    const button = element('button', { type: 'button', class: 'button primary', click: () => send(publication, button) }, 'Publish');
    result.replaceChildren(head, by,
      element('h3', {}, 'Would reach'), ...receivers(answer.receivers),
      element('h3', {}, 'Would say'), element('pre', { class: 'code' }, JSON.stringify(answer.payload, null, 2)),
      ...(publication.retain ? [element('p', {}, 'It is kept for those who subscribe later.')] : []),
      element('div', { class: 'actions' }, button));
    button.scrollIntoView({ block: 'nearest' });
  }

  async function send(publication, button) {
    button.disabled = true;
    try {
      await router.publish(publication.topic, publication.payload, { retain: publication.retain });
      result.append(element('p', { class: 'message info' }, `Published to ${publication.topic}.`));
      button.remove();
      topic.focus();
    } catch (error) {
      button.disabled = false;
      router.failed('Not published', error);
    }
  }

  /** What was tried is not what would be published now. */
  function stale() {
    if (result.querySelector('.actions, .message')) {
      result.replaceChildren(element('p', { class: 'soft' }, 'Changed: try it again.'));
    }
  }

  form.addEventListener('submit', trial);
  form.addEventListener('input', stale);

  return {
    async load() {
      const options = (await router.call('carillon.topic.list'))
        .filter(({ handler, pattern }) => handler !== null && !pattern.includes('{'))
        .map(({ pattern }) => element('option', { value: pattern }));
      if (options.length !== byId('publish-topics').children.length) {
        byId('publish-topics').replaceChildren(...options);
      }
    },
  };
}

function receivers(who) {
  if (who === 'everybody') {
    return [element('p', {}, 'Everybody who has subscribed.')];
  }
  if (who === 'nobody') {
    return [element('p', {}, 'Nobody: the handler drops it.')];
  }
  const groups = [
    [who.users, 'user'], [who.roles, 'role'], [who.sessions, 'session'],
  ].filter(([names]) => names.length > 0);
  return [element('p', {}, 'Of those who have subscribed:'), element('ul', {}, ...groups.map(([names, one]) =>
    element('li', {}, `${many(names.length, one)}: ${names.join(', ')}`)))];
}
