// What a page without Faces says.
import { connect } from './carillon/carillon.js';
import { trackContent } from './carillon/carillon-content.js';
import { here } from './carillon/carillon-here.js';

const { tags, record, after } = document.body.dataset;
const carillon = connect({ retry: { first: 200, cap: 500 }, connectTimeout: 5000 });
const tracking = trackContent({ carillon, tags, after });
const stay = here(record, { carillon, element: document.getElementById('others') });
Object.assign(window, { carillon, stay });
Promise.all([tracking.ready, stay.ready]).then(() => { document.documentElement.dataset.ready = 'true'; });
