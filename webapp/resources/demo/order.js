// The edit page of one order: says so when somebody else saves it, and leaves it to the user when to read it again.

import { listen, sentence } from './live.js';

const form = document.querySelector('form[data-order]');
const { order, version } = form.dataset;
let saving = false;

history.replaceState(null, '', `order.xhtml?id=${order}`); // a refused save is shown without the id in the address

form.addEventListener('submit', () => {
  saving = true; // our own change comes back as an event, possibly before the next page
});

function notice(text) {
  const message = document.getElementById('notice-template').content.cloneNode(true);
  message.querySelector('.notice-text').textContent = text;
  document.getElementById('notice').replaceChildren(message);
}

// Reads the page a second time, to see whether it is still what the user sees. If the user knows already, for instance
// because a save was refused, there is nothing to add.
async function compare() {
  const response = await fetch(`order.xhtml?id=${order}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const current = page.querySelector('form[data-order]')?.dataset.version;
  if (current !== undefined && current !== version && !document.querySelector('main .message')) {
    notice('This order was changed');
  }
}

listen(
  `orders/${order}`,
  change => {
    if (!saving) {
      notice(sentence(change));
    }
  },
  compare,
);
