// The list of orders: after a change it asks the server for the table and marks the rows that are new or different.

import { listen, sentence, show, toast } from './live.js';

/* global faces, refreshOrders */

let refreshing = false;
let again = false; // something changed while the table was under way
let seen = new Map(); // version by order, from before the refresh
let focused;

function refresh() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  seen = new Map(rows().map(row => [row.dataset.order, row.dataset.version]));
  focused = document.activeElement?.closest('tr[data-order]')?.dataset.order;
  refreshOrders();
}

function refreshed() {
  refreshing = false;
  if (again) {
    again = false;
    refresh();
  }
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
  if (status !== 'success') {
    return;
  }
  if (responseXML.querySelector('update[id="orders"]')) {
    markChanges();
  } else {
    show('login'); // an answer without the table is the login page's: the HTTP session has ended
  }
  refreshed();
});

faces.ajax.addOnError(refreshed);

listen(
  'orders',
  change => {
    toast(sentence(change));
    refresh();
  },
  refresh,
);
