// Elements, and tables that change in place: a row that stays keeps its buttons, and so the keyboard's focus.

/** @param attributes a function is a listener, false and null leave an attribute out */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(key, value);
    } else if (value !== false && value != null) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children.filter(child => child != null));
  return made;
}

export const byId = id => document.getElementById(id);

/** Sets what has changed, and nothing else: screen readers are told of every change. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/**
 * A table whose rows are items.
 *
 * @param columns of `{label, text(item)}` for what may change, or `{label, make(item)}` for elements that are made once for
 *     each row and may have an `update(item)`; the first one heads the row
 * @param key what tells an item from others, for as long as it is shown
 */
export class Table {
  #body = element('tbody');
  #rows = new Map();
  #columns;
  #key;

  constructor(table, columns, key) {
    this.#columns = columns;
    this.#key = key;
    const heads = columns.map(({ label, kind, hideLabel }) =>
      element('th', { scope: 'col', class: kind }, hideLabel ? element('span', { class: 'unseen' }, label) : label));
    table.append(element('thead', {}, element('tr', {}, ...heads)), this.#body);
  }

  /** Shows these, in this order. */
  show(items) {
    const before = this.#rows;
    this.#rows = new Map();
    let place = this.#body.firstElementChild;
    for (const item of items) {
      const key = this.#key(item);
      const row = before.get(key) ?? this.#row(item);
      before.delete(key);
      this.#rows.set(key, row);
      row.update(item);
      if (row.element === place) {
        place = place.nextElementSibling;
      } else {
        this.#body.insertBefore(row.element, place);
      }
    }
    before.forEach(row => row.element.remove());
  }

  #row(item) {
    const updates = [];
    const cells = this.#columns.map(({ label, kind, text, make }, index) => {
      const cell = element(index === 0 ? 'th' : 'td', {
        scope: index === 0 ? 'row' : null, class: kind, 'data-label': label,
      });
      if (make) {
        const made = make(item);
        cell.append(made.element ?? made);
        updates.push(now => made.update?.(now));
      } else {
        updates.push(now => setText(cell, text(now)));
      }
      return cell;
    });
    return { element: element('tr', {}, ...cells), update: now => updates.forEach(update => update(now)) };
  }
}

const numbers = new Intl.NumberFormat();
const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export function number(value) {
  if (value > 0 && value < 1) {
    return numbers.format(Number(value.toPrecision(2)));
  }
  return numbers.format(Math.abs(value) < 100 ? Math.round(value * 10) / 10 : Math.round(value));
}

export const many = (count, one, more = `${one}s`) => `${number(count)} ${count === 1 ? one : more}`;

/** With the day, unless it is today. */
export function time(iso) {
  if (!iso) {
    return '–';
  }
  const date = new Date(iso);
  return (date.toDateString() === new Date().toDateString() ? clock : times).format(date);
}

export function bytes(count) {
  return count < 1024 ? `${count} B` : count < 1048576 ? `${number(count / 1024)} KiB` : `${number(count / 1048576)} MiB`;
}
