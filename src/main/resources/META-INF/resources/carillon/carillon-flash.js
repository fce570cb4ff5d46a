/**
 * Messages that appear above a page, each once, and can be closed: "Order 17 was changed by bob · Reload".
 *
 * ```js
 * import { flash } from '/shop/carillon/carillon-flash.js';
 *
 * const message = flash({ key: 'order 17', text: 'Order 17 was changed by bob', action: { label: 'Reload', href: '' } });
 * message.update({ text: 'Order 17 was changed by bob and carol' });
 * message.close();
 * ```
 *
 * All are in one live region, the element with `data-carillon-flashes` if the page has one, else one at the end of its
 * body. Nothing here needs `unsafe-inline`; `carillon.css` beside this file is linked, unless the page does so itself.
 * There is no dependency. The types in `carillon-flash.d.ts` are the reference for callers.
 */

const REGION = '[data-carillon-flashes]';
const STYLES = new URL('carillon.css', import.meta.url);

/** Milliseconds that a message is shown that is not sticky. */
const TIME = 8_000;

const LEVELS = new Set(['info', 'warning', 'error']);

/** Shows a message, or changes the one that is shown under the same key. Returns its {@link Handle}. */
export function flash(options) {
    return shared.show(options);
}

/** The messages of one document. Pages use {@link flash}; tests bring what would be the browser's. */
export class Flashes {
    /** @type {Map<unknown, Flash>} those that are shown, by key */
    #shown = new Map();
    #environment;
    #region = null;

    constructor(environment = {}) {
        this.#environment = {
            document: globalThis.document,
            setTimeout: (task, delay) => globalThis.setTimeout(task, delay),
            clearTimeout: timer => globalThis.clearTimeout(timer),
            ...environment,
        };
        if (this.#environment.document?.body) this.#findRegion();   // read out is what comes into a region that is known
    }

    show(options) {
        requireLegal(options);
        const key = options.key ?? Symbol('one of its own');
        const known = this.#shown.get(key);
        if (known) {
            this.#inRegion(known.element);
            known.update(options);
            return new Handle(known);
        }
        const message = new Flash(this.#environment, () => this.#shown.delete(key));
        this.#shown.set(key, message);
        message.update(options);
        this.#inRegion(message.element);
        return new Handle(message);
    }

    /** The page may have lost the region, or its contents, by an ajax update. */
    #inRegion(element) {
        if (!this.#region?.isConnected) this.#findRegion();
        if (element.parentNode !== this.#region) this.#region.append(element);
    }

    #findRegion() {
        const { document } = this.#environment;
        this.#region = document.querySelector(REGION) ?? newRegion(document);
        prepare(this.#region);
        linkStyles(document);
    }
}

/** Those of the page that this module is loaded in. */
const shared = new Flashes();

/** One message that is shown; what `flash` returns. */
class Handle {
    #flash;

    constructor(message) {
        this.#flash = message;
    }

    /** False once it is closed, by whomever. */
    get open() {
        return this.#flash.open;
    }

    /** Changes what is named and leaves the rest. Has no effect on a message that is closed. */
    update(changes) {
        requireLegal({ text: '', ...changes });
        if (this.open) this.#flash.update(changes);
    }

    close() {
        this.#flash.close('page');
    }
}

class Flash {
    open = true;
    #environment;
    #forget;
    #options = {};
    #timer = null;
    #text;
    #action = null;
    #close;
    /** Where the keyboard was before it came here. */
    #cameFrom = null;

    constructor(environment, forget) {
        this.#environment = environment;
        this.#forget = forget;
        const { document } = environment;
        this.#text = element(document, 'span', 'carillon-flash-text');
        this.#close = button(document, 'carillon-flash-close', '×');
        this.#close.setAttribute('aria-label', 'Close');
        this.#close.addEventListener('click', () => this.close('user'));
        this.element = element(document, 'div', 'carillon-flash');
        this.element.append(this.#text, this.#close);
        this.#listen();
    }

    #listen() {
        this.element.addEventListener('keydown', event => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();   // a dialog of the page stays open
            this.close('user');
        });
        this.element.addEventListener('focusin', ({ relatedTarget }) => {
            if (!this.element.contains(relatedTarget)) this.#cameFrom = relatedTarget;
            this.#stopTimer();
        });
        this.element.addEventListener('mouseenter', () => this.#stopTimer());
        for (const leaving of ['focusout', 'mouseleave']) {
            this.element.addEventListener(leaving, () => this.#startTimer());
        }
    }

    update({ quiet = false, ...changes }) {
        this.#options = { level: 'info', ...this.#options, ...changes };
        const { text, level, action } = this.#options;
        this.element.dataset.level = level;
        // What counts down must not be read out every second: off is for this change, and said before it.
        this.#text.setAttribute('aria-live', quiet ? 'off' : level === 'error' ? 'assertive' : 'polite');
        if (this.#text.textContent !== text) this.#text.textContent = text;
        if ('action' in changes) this.#replaceAction(action);
        this.#startTimer();
    }

    close(by) {
        if (!this.open) return;
        this.open = false;
        this.#stopTimer();
        const hadFocus = this.element.contains(this.#environment.document.activeElement);
        const next = this.element.nextElementSibling ?? this.element.previousElementSibling;
        this.element.remove();
        this.#forget();
        if (hadFocus) (next?.querySelector('.carillon-flash-close') ?? this.#cameFrom)?.focus?.();
        this.#options.onclose?.(by);
    }

    /** The keyboard stays where it was, on an action that has another name now. */
    #replaceAction(action) {
        const hadFocus = this.#action !== null && this.#action === this.#environment.document.activeElement;
        this.#action?.remove();
        this.#action = action ? this.#newAction(action) : null;
        if (this.#action) this.#close.before(this.#action);
        if (hadFocus) (this.#action ?? this.#close).focus();
    }

    #newAction({ label, href, run }) {
        const { document } = this.#environment;
        if (run === undefined) {
            const link = element(document, 'a', 'carillon-flash-action');
            link.setAttribute('href', href);
            link.textContent = label;
            return link;
        }
        const made = button(document, 'carillon-flash-action', label);
        made.addEventListener('click', () => {
            this.close('user');
            run();
        });
        return made;
    }

    /** What one can act on must not run away. */
    #startTimer() {
        this.#stopTimer();
        const { sticky = Boolean(this.#options.action) } = this.#options;
        if (sticky || !this.open) return;
        this.#timer = this.#environment.setTimeout(() => this.close('time'), TIME);
    }

    #stopTimer() {
        this.#environment.clearTimeout(this.#timer);
        this.#timer = null;
    }
}

function requireLegal({ text, level = 'info', action }) {
    if (typeof text !== 'string') throw new TypeError('flash({ text }) takes a string');
    if (!LEVELS.has(level)) throw new TypeError(`level is one of ${[...LEVELS].join(', ')}`);
    if (!action) return;
    const { label, href, run } = action;
    if (typeof label !== 'string' || (typeof run === 'function') === (typeof href === 'string')) {
        throw new TypeError('action takes a label, and either href, a string, or run, a function');
    }
}

function newRegion(document) {
    const region = document.createElement('div');
    region.dataset.carillonFlashes = '';
    document.body.append(region);
    return region;
}

/** Screen readers read what comes into it, when they are done with what they were saying, and nothing else of it. */
function prepare(region) {
    region.classList.add('carillon-flashes');
    const attributes = { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'false', 'aria-relevant': 'additions text' };
    for (const [name, value] of Object.entries(attributes)) region.setAttribute(name, value);
}

/** With the nonce of a script of the page, for a policy that asks for one of styles too. */
function linkStyles(document) {
    const links = [...document.querySelectorAll('link[rel="stylesheet"]')];
    if (links.some(({ href }) => new URL(href, STYLES).pathname === STYLES.pathname)) return;
    const link = document.createElement('link');
    const nonce = document.querySelector('script[nonce]')?.nonce;
    if (nonce) link.nonce = nonce;
    link.rel = 'stylesheet';
    link.href = STYLES.href;
    document.head.append(link);
}

function element(document, name, className) {
    const made = document.createElement(name);
    made.className = className;
    return made;
}

function button(document, className, label) {
    const made = element(document, 'button', className);
    made.setAttribute('type', 'button');
    made.textContent = label;
    return made;
}
