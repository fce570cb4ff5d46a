/**
 * As much of a document as the modules need that show something: elements with attributes, text, listeners that bubble,
 * and the focus. Selectors are a name, a class, or attributes, as in `a`, `.x`, `[data-y]`, `link[rel="stylesheet"]`.
 */
class Node extends EventTarget {
    parentNode = null;
    children = [];

    get isConnected() {
        return this.parentNode !== null && this.parentNode.isConnected;
    }

    append(...nodes) {
        nodes.forEach(node => this.#insert(node, this.children.length));
    }

    before(node) {
        this.parentNode.#insert(node, this.parentNode.children.indexOf(this));
    }

    #insert(node, at) {
        node.remove();
        this.children.splice(at, 0, node);
        node.parentNode = this;
        this.ownerDocument.changed();
    }

    remove() {
        if (this.parentNode === null) return;
        if (this.contains(this.ownerDocument.activeElement)) this.ownerDocument.activeElement = this.ownerDocument.body;
        this.parentNode.children.splice(this.parentNode.children.indexOf(this), 1);
        this.parentNode = null;
        this.ownerDocument.changed();
    }

    contains(node) {
        for (let each = node ?? null; each !== null; each = each.parentNode) {
            if (each === this) return true;
        }
        return false;
    }

    querySelectorAll(selector) {
        return this.children.flatMap(child => [...(child.matches(selector) ? [child] : []), ...child.querySelectorAll(selector)]);
    }

    querySelector(selector) {
        return this.querySelectorAll(selector)[0] ?? null;
    }
}

class Element extends Node {
    #attributes = new Map();
    #text = '';
    /** How often its text was set. */
    texts = 0;
    className = '';

    constructor(document, name) {
        super();
        this.ownerDocument = document;
        this.localName = name;
        this.classList = { add: name => { this.className = `${this.className} ${name}`.trim(); } };
        const attribute = key => `data-${key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
        this.dataset = new Proxy({}, {
            get: (_, key) => this.getAttribute(attribute(key)) ?? undefined,
            set: (_, key, value) => this.setAttribute(attribute(key), value) ?? true,
            has: (_, key) => this.hasAttribute(attribute(key)),
            deleteProperty: (_, key) => this.#attributes.delete(attribute(key)),
        });
    }

    setAttribute(name, value) {
        this.#attributes.set(name, String(value));
        this.ownerDocument.changed();
    }

    getAttribute(name) {
        if (name === 'class') return this.className;
        return this.#attributes.get(name) ?? null;
    }

    hasAttribute(name) {
        return this.#attributes.has(name);
    }

    get textContent() {
        return this.#text + this.children.map(child => child.textContent).join('');
    }

    set textContent(text) {
        this.texts++;
        this.#text = text;
        this.children.slice().forEach(child => child.remove());
    }

    get id() {
        return this.getAttribute('id') ?? '';
    }

    get rel() {
        return this.getAttribute('rel');
    }

    set rel(value) {
        this.setAttribute('rel', value);
    }

    get href() {
        return this.getAttribute('href');
    }

    set href(value) {
        this.setAttribute('href', value);
    }

    matches(selector) {
        const [, name, classes, attributes] = /^([a-z0-9]*)((?:\.[\w-]+)*)((?:\[[^\]]+\])*)$/.exec(selector);
        return (name === '' || name === this.localName)
            && classes.split('.').slice(1).every(one => this.className.split(' ').includes(one))
            && [...attributes.matchAll(/\[([\w-]+)(?:="([^"]*)")?\]/g)]
                .every(([, key, value]) => this.hasAttribute(key) && (value === undefined || this.getAttribute(key) === value));
    }

    get nextElementSibling() {
        return this.#sibling(1);
    }

    get previousElementSibling() {
        return this.#sibling(-1);
    }

    #sibling(distance) {
        return this.parentNode?.children[this.parentNode.children.indexOf(this) + distance] ?? null;
    }

    focus() {
        const document = this.ownerDocument;
        const before = document.activeElement;
        if (before === this) return;
        before?.happens('focusout', { relatedTarget: this });
        document.activeElement = this;
        this.happens('focusin', { relatedTarget: before });
    }

    /** Dispatches here and at all ancestors, until somebody stops it. */
    happens(type, properties = {}) {
        let stopped = false;
        for (let each = this; each !== null && !stopped; each = each.parentNode) {
            const event = Object.assign(new Event(type), properties);
            const stop = event.stopPropagation.bind(event);
            event.stopPropagation = () => {
                stopped = true;
                stop();
            };
            each.dispatchEvent(event);
        }
        return stopped;
    }

    click() {
        this.happens('click');
    }
}

export class Document extends Node {
    ownerDocument = this;
    observers = [];

    constructor() {
        super();
        this.head = new Element(this, 'head');
        this.body = new Element(this, 'body');
        this.append(this.head, this.body);
        this.activeElement = this.body;
    }

    get isConnected() {
        return true;
    }

    createElement(name) {
        return new Element(this, name);
    }

    getElementById(id) {
        return this.querySelector(`[id="${id}"]`);
    }

    /** Something was added, removed or renamed. */
    changed() {
        this.observers?.forEach(observer => observer());
    }
}
