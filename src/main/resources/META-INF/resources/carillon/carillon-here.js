/**
 * Who else views or edits the record that a page shows: "bob is editing this order".
 *
 * ```js
 * import { connect } from '/shop/carillon/carillon.js';
 * import { here } from '/shop/carillon/carillon-here.js';
 *
 * const me = here('Order/17', { carillon: connect(), mode: 'viewing', element: document.querySelector('#here') });
 * form.addEventListener('input', () => me.become('editing'), { once: true });
 * ```
 *
 * The page subscribes to a topic that says what it does, and watches who subscribes to it. The types in
 * `carillon-here.d.ts` are the reference for callers.
 */
import { enumerated, sentence, words } from './carillon-words.js';

const MODES = ['editing', 'viewing'];

const TEXTS = {
    editing: '{who} is editing {what}',
    editingMany: '{who} are editing {what}',
    viewing: '{who} is viewing {what}',
    viewingMany: '{who} are viewing {what}',
};

/** Says that the user of this page views or edits a record, and hears who else does. Returns a {@link Stay}. */
export function here(record, { carillon, mode = 'viewing', ...rest }) {
    if (typeof record !== 'string' || !/^[^/]+\/[^/]+$/.test(record)) throw new TypeError('a record is as in Order/17');
    if (typeof carillon?.presence !== 'function') throw new TypeError('here(record, { carillon }) takes a connection');
    requireMode(mode);
    return new Stay(record, carillon, mode, rest);
}

/** What `here` returns. */
class Stay {
    active = true;
    mode = null;
    #record;
    #carillon;
    #reaction;
    /** The subscription by which the others see this user; the promise of it. */
    #seen = Promise.resolve(null);
    #watching;
    /** @type {Map<string, string[]>} users by mode */
    #users = new Map(MODES.map(mode => [mode, []]));
    #told = '[]';

    constructor(record, carillon, mode, { onChange, onError, element, label, texts }) {
        this.#record = record;
        this.#carillon = carillon;
        this.#reaction = {
            onChange, element,
            onError: onError ?? (error => console.error(`Carillon: ${error.message}`)),
            what: label ?? `this ${words(record.split('/')[0])}`,
            texts: { ...TEXTS, ...texts },
        };
        this.#fill([]);
        this.become(mode);
        this.#watching = MODES.map(each => this.#watch(each));
    }

    /** Says the other from now on; the others do not see the user leave in between. */
    become(mode) {
        requireMode(mode);
        if (!this.active || mode === this.mode) return;
        this.mode = mode;
        const before = this.#seen;
        this.#seen = this.#ask(onerror => this.#carillon.subscribe(this.#topic(mode), () => {}, { onerror }));
        Promise.all([before, this.#seen]).then(([subscription]) => subscription?.unsubscribe());
    }

    /** Puts the text into another element, if a page has replaced the one before. */
    showIn(element) {
        this.#reaction.element = element;
        this.#fill(JSON.parse(this.#told));
    }

    /** Resolves when the router has answered. */
    get ready() {
        return Promise.all([this.#seen, ...this.#watching]).then(() => undefined);
    }

    /** The user is not here any more, as far as this page goes. Calling it twice does no harm. */
    async stop() {
        this.active = false;
        const all = await Promise.all([this.#seen, ...this.#watching]);
        await Promise.all(all.map(subscription => subscription?.unsubscribe()));
        this.#fill([]);
    }

    #topic(mode) {
        return `carillon/here/${mode}/${this.#record}`;
    }

    #watch(mode) {
        const listed = users => {
            this.#users.set(mode, users);
            if (this.active) this.#tell();
        };
        return this.#ask(onerror => this.#carillon.presence(this.#topic(mode), listed, { onerror }));
    }

    /** Resolves to the subscription, or to null if the router refuses. */
    async #ask(subscribe) {
        const failed = error => this.active && this.#reaction.onError(error);
        try {
            return await subscribe(failed);
        } catch (error) {
            failed(error);
            return null;
        }
    }

    /** Everybody once, and not this user, who knows: editing in one tab says more than viewing in another. */
    #tell() {
        const others = new Map();
        for (const mode of MODES) {
            for (const user of this.#users.get(mode)) {
                if (user !== this.#carillon.user && !others.has(user)) others.set(user, { user, mode });
            }
        }
        const list = [...others.values()];
        if (JSON.stringify(list) === this.#told) return;
        this.#told = JSON.stringify(list);
        this.#fill(list);
        try {
            this.#reaction.onChange?.(list);
        } catch (error) {
            console.error(error);
        }
    }

    #fill(list) {
        const { element, texts, what } = this.#reaction;
        if (!element) return;
        const sentences = MODES.flatMap(mode => {
            const users = list.filter(each => each.mode === mode).map(({ user }) => user);
            if (users.length === 0) return [];
            return [sentence(texts[users.length > 1 ? `${mode}Many` : mode], { who: enumerated(users), what })];
        });
        const text = sentences.join('. ');
        if (element.textContent !== text) element.textContent = text;
    }
}

function requireMode(mode) {
    if (!MODES.includes(mode)) throw new TypeError(`mode is one of ${MODES.join(', ')}`);
}
