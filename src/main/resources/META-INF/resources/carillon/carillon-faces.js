/**
 * What the Faces tags of Carillon do in a page: one connection, and a subscription for each `<carillon:subscribe>`,
 * `<carillon:content>` and `<carillon:here>` that is in the page, also after ajax updates. The tags are elements with `data-`
 * attributes; this module looks for them when it is loaded, and whenever some come or go.
 *
 * Scripts of the page share the connection:
 *
 * ```js
 * import { carillon } from '/shop/carillon/carillon-faces.js';
 * ```
 */
import { connect } from './carillon.js';

const CONNECT = 'template[data-carillon-connect]';
const EVENTS = ['open', 'lost', 'restored', 'gap', 'login', 'error'];
const LOGIN_REQUIRED = 'carillon.error.login_required';

/** The connection of this page; options come from `<carillon:connect>`. */
export const carillon = connect(options());

/** @type {Map<string, {leave: Function, isHere: Function}>} the tags in the page, by id and what they say */
const tags = new Map();

/** One `<carillon:subscribe>`. Its element may be replaced by one that says the same, so it is looked up when needed. */
class Tag {
    #id;
    #subscription;
    #left = false;
    #requesting = false;
    /** Something happened while an ajax request was under way: what that brings may be older. */
    #again = false;

    constructor({ id, dataset: { carillonTopic: topic } }) {
        this.#id = id;
        this.#subscription = carillon.subscribe(topic, event => this.#received(event), {
            after: this.#data.after,
            onGap: () => this.#left || this.update(),
        });
        this.#subscription.then(() => this.#subscribed(), error => refused(this, topic, error));
    }

    async leave() {
        this.#left = true;
        const subscription = await this.#subscription.catch(() => null);
        await subscription?.unsubscribe();
    }

    /** What it says is looked up when it is needed. */
    isHere() {}

    /** What happened between the rendering of the page and now was not heard. */
    #subscribed() {
        if (this.#data.catchup !== undefined && !this.#left) this.update();
    }

    #received(event) {
        if (this.#left) return;   // its id may be that of a tag with another topic by now
        const name = this.#data.onmessage;
        if (name) call(name, event);
        this.update();
    }

    /** The `f:ajax` of the tag, if it has one: one request at a time, and one more if there was news meanwhile. */
    update() {
        const { execute, render } = this.#data;
        if (execute === undefined) return;
        if (this.#requesting) {
            this.#again = true;
            return;
        }
        this.#requesting = true;
        let over = false;   // an answer with an error in it may be told as a success too
        const done = () => {
            if (!over) this.#updated();
            over = true;
        };
        try {
            globalThis.faces.ajax.request(document.getElementById(this.#id), null, {
                execute: execute || '@this',
                render: render || '@none',
                'jakarta.faces.behavior.event': 'message',
                onevent: ({ status }) => status === 'success' && done(),
                onerror: done,
            });
        } catch (error) {
            reportError(error);
            done();
        }
    }

    #updated() {
        this.#requesting = false;
        if (!this.#again || this.#left) return;
        this.#again = false;
        this.update();
    }

    /** Nothing, when the tag has just left the page. */
    get #data() {
        return document.getElementById(this.#id)?.dataset ?? {};
    }
}

/** One `<carillon:content>`. */
class Content {
    #tracking;

    constructor({ dataset: { carillonContent: tags, after, label, own, onchange, texts } }) {
        this.#tracking = import('./carillon-content.js').then(({ trackContent }) => trackContent({
            carillon, tags, after, label, own: own !== 'false', texts: texts && lookUp(texts),
            onChange: onchange && (change => call(onchange, change)),
            onError: error => refused(this, tags, error),
        }));
    }

    async leave() {
        (await this.#tracking).stop();
    }

    isHere() {}
}

/** One `<carillon:here>`. */
class Here {
    #stay;

    constructor(element) {
        const { carillonHere: record, mode, label, onchange, texts } = element.dataset;
        this.#stay = import('./carillon-here.js').then(({ here }) => here(record, {
            carillon, element, mode, label, texts: texts && lookUp(texts),
            onChange: onchange && (others => call(onchange, others)),
            onError: error => refused(this, record, error),
        }));
    }

    async leave() {
        (await this.#stay).stop();
    }

    /** An ajax update may have replaced it by one that is empty, or that says another mode. */
    async isHere(element) {
        const stay = await this.#stay;
        stay.showIn(element);
        stay.become(element.dataset.mode ?? 'viewing');
    }
}

/** `<carillon:maintenance>`. */
class Maintenance {
    #following;

    constructor({ dataset: { passes, reload, onchange, unsaved, texts } }) {
        this.#following = import('./carillon-maintenance.js').then(({ followMaintenance }) => followMaintenance({
            carillon, reload, passes: passes === 'true', texts: texts && lookUp(texts),
            unsaved: unsaved && (() => call(unsaved)),
            onChange: onchange && (status => call(onchange, status)),
            onError: error => failed({ topic: 'carillon/maintenance', error }),
        }));
    }

    async leave() {
        (await this.#following).stop();
    }

    isHere() {}
}

/** What may be in a page, and which of its attributes say what it is. */
const KINDS = [
    { selector: 'template[data-carillon-topic]', says: 'carillonTopic', Kind: Tag },
    { selector: 'template[data-carillon-content]', says: 'carillonContent', Kind: Content },
    { selector: '[data-carillon-here]', says: 'carillonHere', Kind: Here },
    { selector: 'template[data-carillon-maintenance]', says: 'carillonMaintenance', Kind: Maintenance },
];
const ALL = KINDS.map(({ selector }) => selector).join();

function options() {
    const { realm, anonymous, shared } = document.querySelector(CONNECT)?.dataset ?? {};
    return { ...(realm && { realm }), anonymous: anonymous === 'true', shared: shared === 'true' };
}

/** Brings the subscriptions in line with the tags that are in the page now. */
function follow() {
    const present = new Set();
    for (const { selector, says, Kind } of KINDS) {
        for (const element of document.querySelectorAll(selector)) {
            const key = `${says} ${element.id} ${element.dataset[says]}`;
            present.add(key);
            if (tags.has(key)) tags.get(key).isHere(element);
            else tags.set(key, new Kind(element));
        }
    }
    for (const [key, tag] of tags) {
        if (present.has(key)) continue;
        tags.delete(key);
        tag.leave();
    }
}

function concernsTags({ type, addedNodes, removedNodes }) {
    return type === 'attributes' || [...addedNodes, ...removedNodes].some(holdsTag);
}

function holdsTag(node) {
    return node instanceof Element && (node.matches(ALL) || node.querySelector(ALL) !== null);
}

/** Calls the function that `<carillon:connect>` names for an event of the connection. */
function tell(type, detail) {
    const name = document.querySelector(CONNECT)?.dataset[`on${type}`];
    if (name) call(name, detail);
    return Boolean(name);
}

/** Without a login no topic is served; that is told once, and the tag comes back when there is a connection. */
function refused(tag, topic, error) {
    if (error.uri !== LOGIN_REQUIRED) return failed({ topic, error });
    for (const [key, known] of tags) {
        if (known === tag) tags.delete(key);
    }
    return undefined;
}

function failed(detail) {
    if (!tell('error', detail)) console.error(`Carillon: ${detail.topic ?? 'connection'}: ${detail.error.message}`);
}

/** Looks a function up by its dotted name, without evaluating anything, and keeps the page going if it fails. */
function call(name, argument) {
    try {
        const path = name.split('.');
        const method = path.pop();
        const owner = lookUp(path);
        if (typeof owner?.[method] !== 'function') throw new TypeError(`Carillon: there is no function window.${name}`);
        return owner[method](argument);
    } catch (error) {
        reportError(error);
        return undefined;
    }
}

/** @param path a dotted name, or its parts; an object of the page */
function lookUp(path) {
    return (typeof path === 'string' ? path.split('.') : path).reduce((object, property) => object?.[property], globalThis);
}

for (const type of EVENTS) {
    carillon.addEventListener(type, ({ detail }) => (type === 'error' ? failed(detail) : tell(type, detail)));
}
carillon.addEventListener('revoked', ({ detail }) => failed(detail));
carillon.addEventListener('restored', follow);
carillon.addEventListener('open', follow);

const WATCHED = ['data-carillon-topic', 'data-carillon-content', 'data-carillon-here', 'data-mode'];
new MutationObserver(changes => changes.some(concernsTags) && follow())
    .observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: WATCHED });
follow();
