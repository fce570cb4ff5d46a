// The list of orders: marks the rows that are new or different when the server has written the table again, and says who
// did what. The tags in orders.xhtml subscribe, and ask for the table.

import { carillon } from '../../carillon/carillon-faces.js';
import { indicateTags, sentence, show, toast } from './live.js';

/* global faces */

let seen = new Map(); // version by order, from before the refresh
let focused;

/** The functions that orders.xhtml names. */
window.orders = {
  changed({ payload }) {
    toast(sentence(payload));
  },
  refused({ error }) {
    show('refused', error.message);
  },
};

indicateTags(carillon);

function remember() {
  seen = new Map(rows().map(row => [row.dataset.order, row.dataset.version]));
  focused = document.activeElement?.closest('tr[data-order]')?.dataset.order;
}

function rows() {
  return [...document.querySelectorAll('tr[data-order]')];
}

function markChanges() {
  for (const row of rows()) {
    if (seen.get(row.dataset.order) !== row.dataset.version) {
      row.classList.add('changed');
    }
    if (row.dataset.order === focused) {
      row.querySelector('a').focus();
    }
  }
}

faces.ajax.addOnEvent(({ status, responseXML }) => {
  if (status === 'begin') {
    remember();
  } else if (status === 'success') {
    if (responseXML.querySelector('update[id="orders"]')) {
      markChanges();
    } else {
      show('login'); // an answer without the table is the login page's: the HTTP session has ended
    }
  }
});
