// What every page has: how many mails are not read, and what was done in the background. Both are ready topics.

import { carillon } from '../../carillon/carillon-faces.js';
import { ofUser, showJobs } from '../../carillon/carillon-ready.js';

const unread = document.getElementById('unread');

function count({ payload }) {
  unread.textContent = payload.unread > 0 ? `${payload.unread} new` : '';
}

ofUser(carillon, 'mail', count, { retained: true }).catch(console.error);
showJobs({ carillon, after: unread.dataset.position }).catch(console.error);
