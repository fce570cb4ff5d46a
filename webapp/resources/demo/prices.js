// The board of prices: begins with what the server has rendered, and goes on with what comes. After an outage the missed
// prices come too; if they are not there any more, the board begins anew.

import { carillon } from '../../carillon/carillon-faces.js';
import { indicate, show } from './live.js';

const SHOWN = 120;
const WIDTH = 300;
const HEIGHT = 90;
const MARGIN = 6;

const board = document.getElementById('prices');
const series = new Map(Object.entries(JSON.parse(board.dataset.prices)));
const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function draw(symbol) {
  const values = series.get(symbol).map(price => price.value);
  const card = board.querySelector(`[data-symbol="${CSS.escape(symbol)}"]`);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = i => (WIDTH * (SHOWN - values.length + i)) / (SHOWN - 1);
  const y = value => HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * (value - low)) / (high - low || 1);
  const line = values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  card.querySelector('.chart-line').setAttribute('d', line);
  card.querySelector('.chart-area').setAttribute('d', `${line}L${WIDTH} ${HEIGHT}L${x(0).toFixed(1)} ${HEIGHT}Z`);
  const last = values.at(-1);
  const change = (100 * (last - values[0])) / values[0];
  card.querySelector('.price-value').textContent = money.format(last);
  const told = card.querySelector('.price-change');
  told.textContent = `${change < 0 ? '▼' : '▲'} ${money.format(Math.abs(change))} %`;
  told.classList.toggle('falling', change < 0);
  card.querySelector('.price-range').textContent = `between ${money.format(low)} and ${money.format(high)}`;
}

function moved({ payload: price }) {
  const known = series.get(price.symbol);
  if (known.at(-1).at >= price.at) {
    return; // it was in the page already
  }
  known.push(price);
  known.splice(0, known.length - SHOWN);
  draw(price.symbol);
}

[...series.keys()].forEach(draw);

indicate(carillon);
const options = { after: board.dataset.position, onGap: () => location.reload() };
Promise.all([...series.keys()].map(symbol => carillon.subscribe(`prices/${symbol}`, moved, options)))
  .then(() => show('live'), refused => show('refused', refused.message));
