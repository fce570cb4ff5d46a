// The team's chat: begins with the messages that the server has rendered, goes on with what comes, and publishes. Who says
// what, the server decides; a message is shown when it comes back, as it does to everybody else.

import { carillon } from '../../carillon/carillon-faces.js';
import { indicate, show } from './live.js';

const TOPIC = 'chat';

const lines = document.getElementById('lines');
const form = document.getElementById('say');
const text = document.getElementById('text');
const error = document.getElementById('say-error');
const me = document.getElementById('connection').dataset.user;
const known = new Set();

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

function element(name, className, content) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = content; // never as HTML: somebody has typed it
  return made;
}

function add(line) {
  if (known.has(line.id)) {
    return; // it was in the page already
  }
  known.add(line.id);
  const atTheEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 40;
  const item = element('li', line.by === me ? 'line mine' : 'line', '');
  const when = element('time', 'line-at', time.format(new Date(line.at)));
  when.dateTime = line.at;
  const head = element('p', 'line-head', '');
  head.append(element('span', 'line-by', line.by === me ? 'You' : line.by), ' ', when);
  item.append(head, element('p', 'line-text', line.text));
  lines.append(item);
  document.getElementById('nothing').hidden = true;
  if (atTheEnd || line.by === me) {
    lines.scrollTop = lines.scrollHeight;
  }
}

function tellWhoIsHere(users) {
  const others = users.filter(user => user !== me);
  document.getElementById('here').textContent =
    others.length === 0 ? 'You are alone here' : `Here with you: ${others.join(', ')}`;
}

JSON.parse(lines.dataset.lines).forEach(add);
lines.scrollTop = lines.scrollHeight;
document.getElementById('nothing').hidden = known.size > 0;

indicate(carillon);

async function send() {
  const said = text.value;
  if (said.trim() === '') {
    return;
  }
  error.textContent = '';
  try {
    await carillon.publish(TOPIC, said, { acknowledge: true, exclude_me: false });
    text.value = '';
  } catch (refused) {
    error.textContent = `Not sent: ${refused.message}`; // the text stays, to be sent again
  }
  text.focus();
}

form.addEventListener('submit', event => {
  event.preventDefault();
  send();
});
text.addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
});

try {
  await carillon.subscribe(TOPIC, ({ payload }) => add(payload), {
    after: lines.dataset.position,
    onGap: () => location.reload(),
  });
  await carillon.presence(TOPIC, tellWhoIsHere);
  show('live');
} catch (refused) {
  show('refused', refused.message);
}
