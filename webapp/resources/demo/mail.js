// The page of mail: shows what comes while it is open. To ask for the page again is to open it, so that this is read then.

import { carillon } from '../../carillon/carillon-faces.js';
import { ofUser } from '../../carillon/carillon-ready.js';
import { indicate, show } from './live.js';

indicate(carillon);

async function refresh() {
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const received = page.getElementById('received');
  if (received) {
    document.getElementById('received').replaceWith(received);
  } else {
    show('login'); // an answer without it is the login page's: the HTTP session has ended
  }
}

ofUser(carillon, 'mail', ({ payload }) => payload.unread > 0 && refresh(), { retained: true })
  .then(() => show('live'), refused => show('refused', refused.message));
