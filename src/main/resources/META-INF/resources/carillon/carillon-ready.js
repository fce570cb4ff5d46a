/**
 * What pages do with the topics that are ready: those of their user, and of all users.
 *
 * ```js
 * import { connect } from '/shop/carillon/carillon.js';
 * import { ofUser, showJobs, showReminders, showRights } from '/shop/carillon/carillon-ready.js';
 *
 * const carillon = connect();
 * ofUser(carillon, 'mail', ({ payload }) => { badge.textContent = payload.unread; }, { retained: true });
 * showJobs({ carillon });
 * showRights({ carillon });
 * showReminders({ carillon, onDismiss: id => carillon.call('shop.dismiss', [id]) });
 * ```
 *
 * The types in `carillon-ready.d.ts` are the reference for callers.
 */
import { flash } from './carillon-flash.js';
import { sentence } from './carillon-words.js';

const TEXTS = {
    succeeded: '{what} is finished',
    failed: '{what} has failed',
    result: 'Show',
    rights: 'Your permissions were changed. What this page shows may not be right any more',
    reload: 'Reload',
    open: 'Open',
};

/** The name of a topic of one user, as `UserTopic.of` says it. */
export function userTopic(user, name) {
    const encoded = [...new TextEncoder().encode(user)].map(byte => {
        const character = String.fromCharCode(byte);
        return /[A-Za-z0-9_,-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    });
    return `carillon/users/${encoded.join('')}/${name}`;
}

/** Subscribes to a topic of this page's user, as soon as the router says who that is. */
export async function ofUser(carillon, name, callback, options) {
    if (typeof carillon?.subscribe !== 'function') throw new TypeError('ofUser(carillon, name, callback) takes a connection');
    if (carillon.user === null) await opened(carillon);
    return carillon.subscribe(userTopic(carillon.user, name), callback, options);
}

/** Says when work is done that this user has started. */
export function showJobs({ carillon, texts = {}, show = flash, ...options }) {
    const words = { ...TEXTS, ...texts };
    return ofUser(carillon, 'jobs', ({ payload: { job, label, success, url } }) => show({
        key: `carillon-job ${job}`,
        text: sentence(success ? words.succeeded : words.failed, { what: label }),
        level: success ? 'info' : 'error',
        sticky: true,
        action: url ? { label: words.result, href: url } : null,
    }), options);
}

/** Says that this user's rights have changed, or calls `onChange`. */
export function showRights({ carillon, texts = {}, show = flash, onChange = null, ...options }) {
    const words = { ...TEXTS, ...texts };
    const changed = onChange ?? (() => show({
        key: 'carillon-rights', text: words.rights, level: 'warning', action: { label: words.reload, href: '' },
    }));
    return Promise.all([
        ofUser(carillon, 'rights', () => changed(), options),
        carillon.subscribe('carillon/rights', () => changed(), options),
    ]);
}

/** Shows what this user is to be reminded of, each once, until it is dismissed or not due any more. */
export function showReminders({ carillon, onDismiss = () => {}, texts = {}, show = flash, ...options }) {
    const words = { ...TEXTS, ...texts };
    /** @type {Map<string, object|null>} the message by id, or null for what was dismissed here and may still be told */
    const known = new Map();
    const remind = ({ id, subject, url }) => show({
        key: `carillon-reminder ${id}`, text: subject, sticky: true,
        action: url ? { label: words.open, href: url } : null,
        onclose: by => {
            if (by !== 'user') return;
            known.set(id, null);
            onDismiss(id);
        },
    });
    return ofUser(carillon, 'reminders', ({ payload }) => {
        const due = new Set(payload.map(({ id }) => id));
        for (const [id, message] of known) {
            if (due.has(id)) continue;
            known.delete(id);
            message?.close();
        }
        for (const reminder of payload) {
            if (known.get(reminder.id) !== null) known.set(reminder.id, remind(reminder));
        }
    }, { retained: true, ...options });
}

function opened(carillon) {
    return new Promise(resolve => {
        for (const type of ['open', 'restored']) carillon.addEventListener(type, resolve, { once: true });
    });
}
