// The admin pages: one connection, views that are loaded when they are shown and again when something has changed.

import { connect } from '../../carillon/carillon.js';
import { flash } from '../../carillon/carillon-flash.js';
import { byId, element } from './dom.js';
import { Samples } from './samples.js';
import { configuration } from './configuration.js';
import { counters } from './counters.js';
import { history } from './history.js';
import { maintenance } from './maintenance.js';
import { overview } from './overview.js';
import { publish } from './publish.js';
import { sessions } from './sessions.js';
import { topics } from './topics.js';

/** How often the router is asked for its counters: each answer is a point of the charts. */
const COUNTERS_MILLISECONDS = 2000;

/** What is not told by events, such as what waits for a slow reader, is looked at so often. */
const LOOK_MILLISECONDS = 5000;

/** Many sessions may come at once: what is shown is loaded again this much later, and once. */
const REST_MILLISECONDS = 400;

const indicator = byId('connection');
const carillon = connect({ realm: indicator.dataset.realm });
const samples = new Samples();

const router = {
  samples,

  get session() {
    return carillon.sessionId;
  },

  /** The one result of a call. */
  async call(procedure, args = [], kwargs = {}) {
    return (await carillon.call(procedure, args, kwargs, { timeout: 10_000 })).result;
  },

  publish: (topic, payload, options) => carillon.publish(topic, payload, { ...options, acknowledge: true }),

  /** Something was done; it is said and shown. */
  done(text) {
    flash({ text });
    return refresh();
  },

  failed(what, error) {
    flash({ text: `${what}: ${sentence(error)}`, level: 'error' });
  },
};

const views = { overview, sessions, topics, history, publish, maintenance, counters, configuration };
const shown = Object.fromEntries(Object.entries(views).map(([name, view]) => [name, view(router, refresh)]));
let current = 'overview';

function show(name, focus) {
  current = name;
  for (const section of document.querySelectorAll('.view')) {
    section.hidden = section.dataset.view !== name;
  }
  for (const link of document.querySelectorAll('.views a')) {
    const isCurrent = link.hash === `#${name}`;
    if (isCurrent) {
      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else {
      link.removeAttribute('aria-current');
    }
  }
  const title = byId(`${name}-title`);
  document.title = `${title.textContent} · Carillon`;
  if (focus) {
    window.scrollTo(0, 0);
    title.focus({ preventScroll: true });
  }
  refresh();
}

function fromAddress(focus) {
  const name = location.hash.slice(1);
  show(name in views ? name : 'overview', focus);
}

let loading = null;
let again = false;

/** Loads what the present view shows; what has changed meanwhile is loaded behind that. */
async function refresh() {
  if (loading) {
    again = true;
    return;
  }
  if (carillon.state !== 'open') {
    return;
  }
  do {
    again = false;
    loading = shown[current].load();
    try {
      await loading;
      problem(null);
    } catch (error) {
      if (carillon.state === 'open') {
        problem(sentence(error));
      }
    }
  } while (again);
  loading = null;
}

let resting = null;

function refreshSoon() {
  resting ??= setTimeout(() => {
    resting = null;
    refresh();
  }, REST_MILLISECONDS);
}

function sentence(error) {
  if (error.uri === 'wamp.error.not_authorized') {
    return 'The router does not take you for an administrator of this realm. The setting carillon.admin.roles must name a role'
      + ' that you have; log in again when it does.';
  }
  if (error.uri === 'wamp.error.no_such_procedure') {
    return 'This router does not serve the procedures of these pages: it is older than they are, or not theirs.';
  }
  if (error.uri === 'wamp.error.timeout') {
    return 'The router did not answer in time. It is tried again.';
  }
  return error.message;
}

/** What is wrong with all of the page; null if nothing is. */
function problem(text) {
  const place = byId('problem');
  if ((place.textContent || null) !== text) {
    place.replaceChildren(...(text ? [element('p', { class: 'message error' }, text)] : []));
  }
}

function state(name, text) {
  indicator.dataset.state = name;
  indicator.querySelector('.connection-text').textContent = text;
}

async function count() {
  if (carillon.state === 'open') {
    try {
      samples.add(await router.call('carillon.counters'));
    } catch {
      samples.add(null); // the view that is shown says what is wrong
    }
  } else {
    samples.add(null);
  }
  shown.overview.count();
  shown.topics.count();
  shown.counters.count();
}

carillon.addEventListener('open', () => state('live', 'live'));
carillon.addEventListener('restored', () => {
  state('live', 'live');
  problem(null);
  refresh();
});
carillon.addEventListener('lost', () => state('reconnecting', 'reconnecting…'));
carillon.addEventListener('login', () => {
  state('login', 'logged out');
  byId('problem').replaceChildren(element('p', { class: 'message error' }, 'You are logged out. ',
    element('a', { href: location.href, click: () => location.reload() }, 'Log in again')));
});
carillon.addEventListener('error', ({ detail }) => {
  state('refused', 'not live');
  problem(sentence(detail.error));
});

function listen(topic) {
  return carillon.subscribe(topic, event => {
    shown.overview.heard(event);
    refreshSoon();
  }, { match: 'prefix', onGap: refreshSoon });
}

window.addEventListener('hashchange', () => fromAddress(true));
fromAddress(false);
try {
  await Promise.all([listen('wamp.session.'), listen('wamp.subscription.')]);
} catch (error) {
  if (carillon.state === 'open') {
    problem(sentence(error));
  }
}
await refresh();
await count();
setInterval(count, COUNTERS_MILLISECONDS);
setInterval(refresh, LOOK_MILLISECONDS);
