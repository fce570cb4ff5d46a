/**
 * Tells the user of a page that what it shows was changed meanwhile: "Order 17 was changed by bob · Reload".
 *
 * ```js
 * import { connect } from '/shop/carillon/carillon.js';
 * import { trackContent } from '/shop/carillon/carillon-content.js';
 *
 * const { tags, after } = document.querySelector('main').dataset;      // from the server: ContentTags
 * trackContent({ carillon: connect(), tags, after, label: 'Order 17' });
 * ```
 *
 * The application tells what it has changed, one message for each transaction and type of content; whoever shows a tag that
 * is in it is told. The page that made the change is not: its requests say which page they come from, and so does the
 * message. The types in `carillon-content.d.ts` are the reference for callers.
 */
import { flash } from './carillon-flash.js';
import { PAGE, PageId, markForms } from './carillon-page.js';
import { capitalized, enumerated, sentence, words } from './carillon-words.js';

const TOPICS = 'carillon/content/';

/** So many labels are said one by one. */
const LABELS = 3;

const TEXTS = {
    changed: '{what} was changed by {who}',
    changedMany: '{what} were changed by {who}',
    changedByYou: 'You changed {what} in another tab',
    removed: '{what} was removed by {who}',
    removedMany: '{what} were removed by {who}',
    removedByYou: 'You removed {what} in another tab',
    mayBeOutdated: 'This page may be outdated',
    reload: 'Reload',
    somebody: 'somebody',
    list: 'this list',
    more: '{count} more',
};

const CHANGED = ['changed', 'changedByYou'];
const REMOVED = ['removed', 'removedByYou'];

/** Watches over what this page shows. Returns a {@link Tracking}, whose `stop` ends that. */
export function trackContent(options) {
    return contents().track(options);
}

/** Headers for requests of this page other than forms, so that it is not told of what they change. */
export function pageHeaders() {
    return { [PAGE]: contents().page.id };
}

let ofThisPage = null;

function contents() {
    ofThisPage ??= new Contents(new PageId(), { document });
    return ofThisPage;
}

/** All that one page tracks. Pages use {@link trackContent}; tests bring what would be the browser's. */
export class Contents {
    #flash;
    #report;
    #texts = TEXTS;
    /** What the page does about it; null: it loads itself again. */
    #onReload = null;
    /** @type {Map<string, Map<string, Set<string>>>} what is said now: by kind, the users by label */
    #said = new Map([...CHANGED, ...REMOVED].map(kind => [kind, new Map()]));
    /** @type {Map<string, object>} the message of a kind */
    #messages = new Map();

    constructor(page, { flash: show = flash, report = reportFault, document = null } = {}) {
        this.page = page;
        this.#flash = show;
        this.#report = report;
        if (document) markForms(document, page.id);
    }

    track({ carillon, tags, after, texts = {}, onReload = null, ...reaction }) {
        if (typeof carillon?.subscribe !== 'function') throw new TypeError('trackContent({ carillon }) takes a connection');
        const all = typeof tags === 'string' ? tags.split(/\s+/).filter(Boolean) : [...tags ?? []];
        this.#texts = { ...this.#texts, ...texts };
        this.#onReload = onReload ?? this.#onReload;
        const tracking = new Tracking();
        for (const [topic, shown] of byTopic(all)) {
            tracking.add(this.#subscribe(carillon, topic, { shown, after, tracking, ...reaction }));
        }
        return tracking;
    }

    /** A topic that the router refuses is told to `onError`, else to the console; the page does without. */
    async #subscribe(carillon, topic, { after, tracking, onGap = null, onError = this.#report, ...reaction }) {
        const failed = error => tracking.active && this.#guarded(onError, error);
        const missed = () => tracking.active && (onGap ? this.#guarded(onGap) : this.#mayBeOutdated());
        const heard = event => tracking.active && this.#heard(event.payload, carillon, reaction);
        try {
            return await carillon.subscribe(TOPICS + topic, heard, { after, onGap: missed, onerror: failed });
        } catch (error) {
            failed(error);
            return null;
        }
    }

    #heard({ by = null, page, session, changed = [], removed = [], all }, carillon, { shown, label, own = true, onChange }) {
        if (this.page.shows(page) || (session !== undefined && session === carillon.sessionId)) return;
        const byYou = by !== null && by === carillon.user;
        if (byYou && !own) return;
        const concerned = all ? shown.map(tag => [tag, false]) : [
            ...changed.filter(tag => shown.includes(tag)).map(tag => [tag, false]),
            ...removed.filter(tag => shown.includes(tag)).map(tag => [tag, true]),
        ];
        const changes = withoutTheirList(concerned)
            .map(([tag, isGone]) => ({ tag, label: label ?? this.#labelOf(tag), by, byYou, removed: isGone }));
        if (onChange) changes.forEach(change => this.#guarded(onChange, change));
        else changes.forEach(change => this.#note(change));
        this.#show();
    }

    #labelOf(tag) {
        const [type, id] = tag.split(/[#/]/);
        return id === undefined ? this.#texts.list : capitalized(`${words(type)} ${decoded(id)}`);
    }

    /** What was removed is not said to be changed, too. */
    #note({ label, by, byYou, removed }) {
        if (removed) CHANGED.forEach(kind => this.#said.get(kind).delete(label));
        else if (REMOVED.some(kind => this.#said.get(kind).has(label))) return;
        const labels = this.#said.get((removed ? REMOVED : CHANGED)[byYou ? 1 : 0]);
        labels.set(label, (labels.get(label) ?? new Set()).add(by ?? this.#texts.somebody));
    }

    /** One message of each kind. It grows; when the user has closed it, the next one begins anew. */
    #show() {
        for (const [kind, labels] of this.#said) {
            if (labels.size === 0) {
                this.#messages.get(kind)?.close();
                continue;
            }
            this.#messages.set(kind, this.#flash({
                key: `carillon-content ${kind}`,
                text: this.#text(kind, labels),
                action: this.#reload(),
                onclose: () => labels.clear(),
            }));
        }
    }

    #text(kind, labels) {
        const names = [...labels.keys()];
        const rest = names.length > LABELS ? names.splice(LABELS - 1).length : 0;
        if (rest > 0) names.push(sentence(this.#texts.more, { count: rest }));
        const template = (labels.size > 1 && this.#texts[`${kind}Many`]) || this.#texts[kind];
        const users = new Set([...labels.values()].flatMap(each => [...each]));
        return sentence(template, { what: enumerated(names), who: enumerated([...users]) });
    }

    #mayBeOutdated() {
        this.#flash({ key: 'carillon-content gap', text: this.#texts.mayBeOutdated, action: this.#reload() });
    }

    /** Not by reload(), which would send again the form that this page may have come of. */
    #reload() {
        const what = this.#onReload ? { run: this.#onReload } : { href: globalThis.location?.href.split('#')[0] ?? '' };
        return { label: this.#texts.reload, ...what };
    }

    #guarded(callback, argument) {
        try {
            callback(argument);
        } catch (error) {
            this.#report(error);
        }
    }
}

/** What `trackContent` returns. */
class Tracking {
    active = true;
    #subscriptions = [];

    add(subscription) {
        this.#subscriptions.push(subscription);
    }

    /** Resolves when the router has answered about all tags. */
    get ready() {
        return Promise.all(this.#subscriptions).then(() => undefined);
    }

    /** Calling it twice does no harm. */
    async stop() {
        this.active = false;
        const subscriptions = await Promise.all(this.#subscriptions);
        await Promise.all(subscriptions.map(each => each?.unsubscribe()));
    }
}

/** `Order#17` and `Order` are told at `Order`, `Order/17` at a topic of its own. */
function byTopic(tags) {
    const topics = new Map();
    for (const tag of new Set(tags)) {
        const topic = tag.split('#')[0];
        topics.set(topic, [...topics.get(topic) ?? [], tag]);
    }
    return topics;
}

/** A page that shows a record and the list of all: that the record was changed says it all. */
function withoutTheirList(concerned) {
    const records = concerned.filter(([tag]) => /[#/]/.test(tag));
    return records.length > 0 ? records : concerned;
}

function decoded(id) {
    try {
        return decodeURIComponent(id);
    } catch {   // not written by ContentTag
        return id;
    }
}

function reportFault(error) {
    console.error(`Carillon: ${error.message}`);
}
