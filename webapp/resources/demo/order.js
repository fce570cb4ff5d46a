// The edit page of one order. The tags of the page say who else edits it, and that somebody saved it; what is left to do is
// to show whether the page hears of that at all.

import { carillon } from '../../carillon/carillon-faces.js';
import { indicateTags } from './live.js';

const { order } = document.querySelector('form[data-order]').dataset;

history.replaceState(null, '', `order.xhtml?id=${order}`); // a refused save is shown without the id in the address
indicateTags(carillon);
