// What is declared, who may do what with it, and how busy it is.

import { Table, byId, element, many, number, setText } from './dom.js';
import { Sparkline, latest } from './samples.js';

export function topics(router) {
  const rates = new Map();

  const table = new Table(byId('topics-table'), [
    { label: 'Topic', make: topic => element('span', {}, element('code', {}, topic.pattern), handler(topic)) },
    { label: 'Who subscribes', kind: 'wide', text: topic => topic.subscribe + (topic.visitors ? ', visitors too' : '') || 'nobody' },
    { label: 'Who publishes', kind: 'wide', text: topic => topic.publish },
    { label: 'Subscribers', kind: 'number', text: topic => number(topic.subscribers) },
    { label: 'Events a second', kind: 'curve', make: topic => {
      const rate = new Rate(topic.pattern);
      rates.set(topic.pattern, rate);
      rate.count(router.samples);
      return rate;
    } },
  ], topic => topic.pattern);

  return {
    async load() {
      const all = await router.call('carillon.topic.list');
      table.show(all);
      byId('topics-empty').hidden = all.length > 0;
      byId('topics-table').hidden = all.length === 0;
      const declared = all.filter(topic => topic.handler !== null).length;
      const granted = all.length - declared;
      setText(byId('topics-summary'), `${many(declared, 'declared pattern')} of topics`
        + (granted ? `, and ${granted} that only the configuration grants` : '') + '.');
    },

    count() {
      rates.forEach(rate => rate.count(router.samples));
    },
  };
}

function handler(topic) {
  const name = topic.handler === null ? 'granted by the configuration' : topic.handler.split('.').at(-1);
  return element('span', { class: 'soft below', title: topic.handler }, name);
}

class Rate {
  element = element('span', { class: 'rate' });
  #figure = element('span', {}, '0');
  #sparkline = new Sparkline(96, 24);
  #pattern;

  constructor(pattern) {
    this.#pattern = pattern;
    this.element.append(this.#sparkline.element, this.#figure);
  }

  count(samples) {
    const curve = samples.sum(({ name, labels }) => name === 'carillon.events' && labels.topic === this.#pattern);
    setText(this.#figure, number(latest(curve)));
    this.#sparkline.show(curve);
  }
}
