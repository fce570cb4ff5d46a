// What the pages of the demo have in common: the indicator that shows the state of the connection, and toasts.

const TOAST_MILLISECONDS = 8000;

const indicator = document.getElementById('connection');

/** Keeps the indicator up to date, but for the first 'live': that is for those to say who know what the page listens to. */
export function indicate(carillon) {
  carillon.addEventListener('lost', () => show('reconnecting'));
  carillon.addEventListener('login', () => show('login'));
  for (const type of ['error', 'revoked']) {
    carillon.addEventListener(type, ({ detail }) => show('refused', detail.error.message));
  }
  carillon.addEventListener('restored', () => show('live'));
  if (carillon.state === 'login') {
    show('login'); // that was told before this script came
  }
}

/** The same where the tags of the page subscribe: live with the connection, which may be there before the page's script. */
export function indicateTags(carillon) {
  indicate(carillon);
  carillon.addEventListener('open', () => show('live'));
  if (carillon.state === 'open') {
    show('live');
  }
}

/** Shows the state of the connection; after 'login' nothing comes any more until somebody logs in again. */
export function show(state, detail) {
  indicator.dataset.state = state;
  const text = indicator.querySelector('.connection-text');
  if (state === 'login') {
    text.replaceChildren(link(location.href, 'log in again'));
  } else {
    text.textContent = { live: 'live', reconnecting: 'reconnecting…', refused: `not live: ${detail}` }[state];
  }
}

/** Says who did what to which order, in words. */
export function sentence(change) {
  const who = change.by === indicator.dataset.user ? 'You' : change.by;
  return `${who} ${change.what} order ${change.number}`;
}

/** Shows a message for some seconds; screen readers read it when they are done with what they were saying. */
export function toast(text) {
  const element = document.createElement('p');
  element.className = 'toast';
  element.textContent = text;
  document.getElementById('toasts').append(element);
  setTimeout(() => element.remove(), TOAST_MILLISECONDS);
}

function link(href, text) {
  const element = document.createElement('a');
  element.href = href;
  element.textContent = text;
  return element;
}
