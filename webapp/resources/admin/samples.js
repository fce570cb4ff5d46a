// The counters of the last minutes, kept in this page: the router has the present ones only.

const REACH_MILLISECONDS = 5 * 60_000;

/** How wide a chart is at first. */
const SHORTEST_MILLISECONDS = 60_000;

/** Series of what the router counts, by name and labels. */
export class Samples {
  #series = new Map();
  #times = [];
  #now = [];

  /** Takes in an answer of carillon.counters, or null while there is no connection: then the charts have a hole. */
  add(samples, now = Date.now()) {
    if (samples) {
      this.#now = samples;
      for (const sample of samples) {
        const id = idOf(sample);
        const series = this.#series.get(id) ?? this.#begun(sample);
        series.points.push({ time: now, value: sample.value });
        this.#series.set(id, series);
      }
    } else {
      this.#series.forEach(({ points }) => points.push({ time: now, value: null }));
    }
    this.#times.push({ time: now, value: samples ? 0 : null });
    for (const points of [this.#times, ...[...this.#series.values()].map(series => series.points)]) {
      while (points.length && points[0].time < now - REACH_MILLISECONDS) {
        points.shift();
      }
    }
  }

  /** What appears later was nothing before: the router counts what has happened only. */
  #begun({ kind }) {
    const points = kind === 'counter' ? this.#times.map(({ time, value }) => ({ time, value })) : [];
    return { points, kind };
  }

  /** The latest samples. */
  get all() {
    return this.#now;
  }

  /** What is to be shown of one sample: a gauge as it is, a counter by its growth in a second. */
  curve(sample) {
    return this.#curve([idOf(sample)]);
  }

  /** The same, of all samples that match, added up. */
  sum(matches) {
    return this.#curve(this.#now.filter(matches).map(idOf));
  }

  #curve(ids) {
    return added([...this.#times, ...ids.flatMap(id => {
      const { points, kind } = this.#series.get(id);
      return kind === 'gauge'
        ? points
        : points.map((point, index) => ({ time: point.time, value: growth(points[index - 1], point) }));
    })]);
  }
}

/** One point for each time; a hole only where nothing is known. */
function added(points) {
  const sums = new Map();
  for (const { time, value } of points) {
    const before = sums.get(time) ?? null;
    sums.set(time, value === null ? before : (before ?? 0) + value);
  }
  return [...sums].map(([time, value]) => ({ time, value })).sort((a, b) => a.time - b.time);
}

export const idOf = ({ name, labels }) => `${name} ${JSON.stringify(labels)}`;

/** In a second; null if it is not known. A router that was started again counts from zero. */
function growth(before, point) {
  if (before?.value == null || point.value === null || point.time === before.time) {
    return null;
  }
  return Math.max(0, point.value - before.value) / ((point.time - before.time) / 1000);
}

/** The last value that is known; 0 if none is. */
export function latest(curve) {
  return curve.findLast(({ value }) => value !== null)?.value ?? 0;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A small chart of what is known, five minutes at most. */
export class Sparkline {
  element = document.createElementNS(SVG, 'svg');
  #area = document.createElementNS(SVG, 'path');
  #line = document.createElementNS(SVG, 'path');
  #width;
  #height;

  constructor(width, height) {
    this.#width = width;
    this.#height = height;
    this.element.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.element.setAttribute('preserveAspectRatio', 'none');
    this.element.setAttribute('class', 'sparkline');
    this.element.setAttribute('aria-hidden', 'true'); // the figure beside it is what can be said
    this.#area.setAttribute('class', 'area');
    this.#line.setAttribute('class', 'line');
    this.element.append(this.#area, this.#line);
  }

  show(curve, now = Date.now()) {
    const top = Math.max(1, ...curve.map(({ value }) => value ?? 0)) * 1.1;
    const reach = Math.min(REACH_MILLISECONDS, Math.max(SHORTEST_MILLISECONDS, now - (curve[0]?.time ?? now)));
    const x = time => round(this.#width * (1 - (now - time) / reach));
    const y = value => round((this.#height - 2) * (1 - value / top) + 1);
    let line = '';
    let area = '';
    for (const run of runs(curve)) {
      const steps = run.map(({ time, value }) => `${x(time)} ${y(value)}`).join(' L');
      line += `M${steps}`;
      area += `M${x(run[0].time)} ${this.#height} L${steps} L${x(run.at(-1).time)} ${this.#height} Z`;
    }
    this.#line.setAttribute('d', line);
    this.#area.setAttribute('d', area);
  }
}

/** The parts between holes. */
function runs(curve) {
  const runs = [[]];
  for (const point of curve) {
    if (point.value === null) {
      runs.push([]);
    } else {
      runs.at(-1).push(point);
    }
  }
  return runs.filter(run => run.length > 0);
}

const round = value => Math.round(value * 10) / 10;
