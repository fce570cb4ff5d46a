/**
 * What the Faces tags of Carillon do in a page: one connection, and a subscription for each `<carillon:subscribe>` that
 * is in the page, also after ajax updates. The tags are `template` elements with `data-` attributes; this module looks
 * for them when it is loaded, and whenever some come or go.
 *
 * Scripts of the page share the connection:
 *
 * ```js
 * import { carillon } from '/shop/carillon/carillon-faces.js';
 * ```
 */
import { connect } from './carillon.js';

const CONNECT = 'template[data-carillon-connect]';
const SUBSCRIBE = 'template[data-carillon-topic]';
const EVENTS = ['open', 'lost', 'restored', 'gap', 'login', 'error'];
const LOGIN_REQUIRED = 'carillon.error.login_required';

/** The connection of this page; options come from `<carillon:connect>`. */
export const carillon = connect(options());

/** @type {Map<string, Tag>} the tags in the page, by id and topic */
const tags = new Map();

/** One `<carillon:subscribe>`. Its element may be replaced by one that says the same, so it is looked up when needed. */
class Tag {
    #id;
    #subscription;
    #left = false;
    #requesting = false;
    /** Something happened while an ajax request was under way: what that brings may be older. */
    #again = false;

    constructor(id, topic) {
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

function options() {
    const { realm, anonymous, shared } = document.querySelector(CONNECT)?.dataset ?? {};
    return { ...(realm && { realm }), anonymous: anonymous === 'true', shared: shared === 'true' };
}

/** Brings the subscriptions in line with the tags that are in the page now. */
function follow() {
    const present = new Map([...document.querySelectorAll(SUBSCRIBE)]
        .map(({ id, dataset }) => [`${id} ${dataset.carillonTopic}`, { id, topic: dataset.carillonTopic }]));
    for (const [key, { id, topic }] of present) {
        if (!tags.has(key)) tags.set(key, new Tag(id, topic));
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
    return node instanceof Element && (node.matches(SUBSCRIBE) || node.querySelector(SUBSCRIBE) !== null);
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
        const owner = path.reduce((object, property) => object?.[property], globalThis);
        if (typeof owner?.[method] !== 'function') throw new TypeError(`Carillon: there is no function window.${name}`);
        owner[method](argument);
    } catch (error) {
        reportError(error);
    }
}

for (const type of EVENTS) {
    carillon.addEventListener(type, ({ detail }) => (type === 'error' ? failed(detail) : tell(type, detail)));
}
carillon.addEventListener('revoked', ({ detail }) => failed(detail));
carillon.addEventListener('restored', follow);
carillon.addEventListener('open', follow);

new MutationObserver(changes => changes.some(concernsTags) && follow())
    .observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-carillon-topic'] });
follow();
