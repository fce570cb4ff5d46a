/**
 * What a page does when its application is closed for maintenance: it counts down, is covered by a dialog that cannot be
 * closed, and comes back by itself.
 *
 * ```js
 * import { connect } from '/shop/carillon/carillon.js';
 * import { followMaintenance } from '/shop/carillon/carillon-maintenance.js';
 *
 * followMaintenance({ carillon: connect() });
 * ```
 *
 * The types in `carillon-maintenance.d.ts` are the reference for callers.
 */
import { flash } from './carillon-flash.js';
import { sentence } from './carillon-words.js';

const TOPIC = 'carillon/maintenance';
const KEY = 'carillon-maintenance';
const LOGIN_REQUIRED = 'carillon.error.login_required';

/** Seconds before the start at which screen readers tell it again. */
const SAID_ALOUD = [3600, 1800, 900, 600, 300, 120, 60, 30, 10];

/** Seconds before the start from which on it is shown again to who has closed it. */
const LAST_CALL = 60;

/** Longest delay of loading the page again, in milliseconds: all pages do so. */
const SPREAD = 10_000;

/** Milliseconds between two looks by HTTP, where the connection cannot tell; up to twice as many, by chance. */
const LOOK = 20_000;

const TEXTS = {
    announced: 'Closes for maintenance {when}',
    moment: 'in a moment',
    calledOff: 'The maintenance that was announced is called off',
    title: 'Closed for maintenance',
    end: 'Planned end: {time}, {when}',
    longer: 'It takes longer than planned. Planned end: {time}',
    hint: 'This page comes back by itself when it is over. What you have entered is still here.',
    over: 'The maintenance is over. What this page shows may be outdated',
    unsaved: 'The maintenance is over. What this page shows may be outdated, and what you have entered is not saved yet',
    reload: 'Reload',
    passing: 'Closed for maintenance. Only those who may pass can use it',
};

/** Lets this page follow. Returns a {@link Following}, whose `stop` ends that. */
export function followMaintenance(options) {
    return new Following(options);
}

/** What `followMaintenance` returns. */
class Following {
    active = true;
    #options;
    #carillon;
    #env;
    #texts;
    #status = { state: 'open' };
    #subscription = null;
    /** What the server's clock is ahead of this one, in milliseconds. */
    #ahead = 0;
    #countdown;
    #dialog;
    #timers = new Set();
    #listeners = [];
    #banner = null;
    #ticking = false;
    #looking = false;

    constructor({ carillon, texts, environment, ...options } = {}) {
        if (typeof carillon?.subscribe !== 'function') throw new TypeError('followMaintenance({ carillon }) takes a connection');
        this.#carillon = carillon;
        this.#options = options;
        this.#env = { ...browser(), ...environment };
        this.#texts = { ...TEXTS, ...texts };
        const clock = { texts: this.#texts, now: () => this.#env.now() + this.#ahead, language: this.#language };
        this.#countdown = new Countdown(clock, this.#env.flash);
        this.#dialog = new Cover(clock, this.#env.document);
        this.#listen('open', () => this.#subscribe());
        this.#listen('restored', () => {
            this.#subscribe();
            this.#lookByHttp();   // a server that was restarted open has no last event
        });
        this.#listen('login', () => this.#lookByHttp());
        this.#listen('closed', () => this.#lookByHttp());
        this.#subscribe();
    }

    /** How things stand, as far as this page knows: `{ state, message, since, start, end }`. */
    get status() {
        return this.#status;
    }

    /** The page does as if nothing was. Calling it twice does no harm. */
    async stop() {
        if (!this.active) return;
        this.active = false;
        this.#listeners.forEach(([type, listener]) => this.#carillon.removeEventListener(type, listener));
        this.#timers.forEach(timer => this.#env.clearTimeout(timer));
        this.#countdown.end();
        this.#banner?.close();
        this.#dialog.remove();
        await (await this.#subscription)?.unsubscribe();
    }

    get #language() {
        return this.#env.document.documentElement?.lang || undefined;
    }

    #listen(type, listener) {
        this.#carillon.addEventListener(type, listener);
        this.#listeners.push([type, listener]);
    }

    /** With the last event: whoever comes during it must learn of it. */
    #subscribe() {
        if (this.#subscription !== null || !this.active) return;
        const again = () => {   // what was missed is in the last event
            const before = this.#subscription;
            this.#subscription = null;
            this.#subscribe();
            before?.then(subscription => subscription?.unsubscribe());
        };
        const heard = event => this.active && this.#heard(event);
        const onerror = error => this.#failed(error);
        this.#subscription = this.#carillon.subscribe(TOPIC, heard, { retained: true, onGap: again, onerror })
            .catch(error => this.#failed(error));
    }

    /** Without a login the page goes on when there is one. */
    #failed(error) {
        this.#subscription = null;
        if (!this.active || error.uri === LOGIN_REQUIRED) return null;
        if (this.#options.onError) this.#guarded(this.#options.onError, error);
        else console.error(`Carillon: ${TOPIC}: ${error.message}`);
        return null;
    }

    #heard({ payload, retained }) {
        if (!retained && payload.now) this.#ahead = Date.parse(payload.now) - this.#env.now();
        const { state: before, ...said } = this.#status;
        this.#status = payload;
        if (payload.state === before && (before === 'open' || saysTheSame(said, payload))) return;
        if (payload.state !== 'announced') this.#countdown.end();
        if (payload.state === 'closed') this.#close();
        else this.#reopen(before === 'closed');
        if (payload.state === 'announced') this.#countdown.begin(payload);
        if (payload.state === 'open' && before === 'announced') this.#say(this.#texts.calledOff);
        this.#guarded(this.#options.onChange, payload);
        this.#tick();
    }

    #close() {
        if (!this.#options.passes) return this.#dialog.show(this.#status);
        const text = [this.#texts.passing, this.#status.message].filter(Boolean).join('\n');
        this.#banner = this.#env.flash({ key: KEY, text, level: 'warning', sticky: true });
        return undefined;
    }

    #reopen(wasClosed) {
        this.#banner?.close();
        this.#banner = null;
        this.#dialog.remove();
        if (wasClosed && !this.#options.passes && this.#status.state === 'open') this.#comeBack();
    }

    /** The page is loaded again, unless something would be lost by that: then the user decides. */
    #comeBack() {
        const unsaved = this.#isUnsaved();
        const message = this.#say(unsaved ? this.#texts.unsaved : this.#texts.over, {
            level: 'warning', sticky: true, action: { label: this.#texts.reload, run: () => this.#load() },
        });
        if (unsaved || this.#options.reload === 'offer') return;
        this.#after(1 + this.#env.random() * SPREAD, () => {
            if (this.#status.state !== 'open') return;
            if (this.#isUnsaved()) message.update({ text: this.#texts.unsaved });
            else this.#load();
        });
    }

    #isUnsaved() {
        return hasInput(this.#env.document) || this.#options.unsaved?.() === true;
    }

    /** By GET: to load the answer to a form again would send the form again. */
    #load() {
        this.#env.location.replace(this.#env.location.href.split('#')[0]);
    }

    #say(text, more) {
        return this.#env.flash({ key: KEY, text, ...more });
    }

    /** Once a second while there is something to show; a page may have lost the dialog by an ajax update. */
    #tick() {
        if (this.#ticking || this.#status.state === 'open') return;
        this.#ticking = true;
        this.#after(1000, () => {
            this.#ticking = false;
            this.#countdown.tick();
            this.#dialog.tick();
            this.#tick();
        });
    }

    /** Where the connection does not tell that it is over, as without a login, the address of the page does. */
    #lookByHttp() {
        if (this.#looking || this.#status.state !== 'closed') return;
        this.#looking = true;
        this.#after(LOOK * (1 + this.#env.random()), async () => {
            this.#looking = false;
            if (this.#status.state !== 'closed') return;
            const served = await this.#isServed();
            if (!this.active || this.#status.state !== 'closed') return;
            if (served) this.#heard({ payload: { state: 'open', message: '' }, retained: true });
            else if (this.#carillon.state !== 'open') this.#lookByHttp();
        });
    }

    async #isServed() {
        try {
            const request = { method: 'HEAD', redirect: 'manual', cache: 'no-store' };
            const { type, status } = await this.#env.fetch(this.#env.location.href.split('#')[0], request);
            return type === 'opaqueredirect' || status < 500;
        } catch {
            return false;
        }
    }

    #after(delay, task) {
        const timer = this.#env.setTimeout(() => {
            this.#timers.delete(timer);
            if (this.active) task();
        }, delay);
        this.#timers.add(timer);
    }

    #guarded(callback, argument) {
        try {
            callback?.(argument);
        } catch (error) {
            console.error(error);
        }
    }
}

/** The message that counts down. */
class Countdown {
    #clock;
    #flash;
    #status = null;
    #message = null;
    #closedByUser = false;
    /** The seconds that were left at the last tick. */
    #before = 0;

    constructor(clock, show) {
        this.#clock = clock;
        this.#flash = show;
    }

    begin(status) {
        this.#status = status;
        this.#closedByUser = false;
        this.#before = this.#left;
        this.#show(false);
    }

    tick() {
        if (this.#status === null) return;
        const left = this.#left;
        const passed = mark => left <= mark && mark < this.#before;   // a page that nobody looks at is late
        const quiet = !SAID_ALOUD.some(passed);
        if (passed(LAST_CALL)) this.#closedByUser = false;
        this.#before = left;
        if (!this.#closedByUser) this.#show(quiet);
    }

    end() {
        this.#status = null;
        this.#message?.close();
        this.#message = null;
    }

    /** In whole seconds. */
    get #left() {
        return Math.max(0, Math.ceil((Date.parse(this.#status.start) - this.#clock.now()) / 1000));
    }

    #show(quiet) {
        const { texts, language } = this.#clock;
        const when = this.#left === 0 ? texts.moment : relative(this.#left, language);
        const text = [sentence(texts.announced, { when }), this.#status.message].filter(Boolean).join('\n');
        this.#message = this.#flash({
            key: KEY, text, quiet, level: 'warning', sticky: true, action: null,
            onclose: by => { if (by === 'user') this.#closedByUser = true; },
        });
    }
}

/** The dialog that covers the page: everything below it is inert, and nothing that the user does closes it. */
class Cover {
    #clock;
    #document;
    #dialog = null;
    #end = null;
    #status = null;

    constructor(clock, document) {
        this.#clock = clock;
        this.#document = document;
    }

    show(status) {
        this.remove();
        this.#status = status;
        this.#dialog = this.#made(status);
        this.#open();
        this.tick();
    }

    tick() {
        if (this.#dialog === null) return;
        if (!this.#dialog.isConnected || !this.#dialog.open) this.#open();
        const text = this.#endInWords;
        if (this.#end.textContent !== text) this.#end.textContent = text;
    }

    /** The focus goes back to where it was. */
    remove() {
        const dialog = this.#dialog;
        this.#dialog = null;
        dialog?.close();
        dialog?.remove();
    }

    #open() {
        if (!this.#dialog.isConnected) this.#document.body.append(this.#dialog);
        if (!this.#dialog.open) this.#dialog.showModal();
        this.#dialog.querySelector('h2').focus();
    }

    #made({ message }) {
        const { texts } = this.#clock;
        const dialog = this.#element('dialog', {
            class: 'carillon-maintenance', role: 'alertdialog', 'aria-modal': 'true', closedby: 'none',
            'aria-labelledby': 'carillon-maintenance-title', 'aria-describedby': 'carillon-maintenance-text',
        });
        const title = this.#element('h2', { id: 'carillon-maintenance-title', tabindex: '-1' }, texts.title);
        const text = this.#element('div', { id: 'carillon-maintenance-text' });
        if (message) text.append(this.#element('p', { class: 'carillon-maintenance-message' }, message));
        this.#end = this.#element('p', { class: 'carillon-maintenance-end', role: 'timer', 'aria-live': 'off' });
        text.append(this.#end, this.#element('p', { class: 'carillon-maintenance-hint' }, texts.hint));
        dialog.append(title, text);
        this.#keepOpen(dialog);
        return dialog;
    }

    #keepOpen(dialog) {
        dialog.addEventListener('cancel', event => event.preventDefault());
        dialog.addEventListener('keydown', event => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
        });
        dialog.addEventListener('close', () => dialog === this.#dialog && this.#open());
    }

    get #endInWords() {
        const { texts, language, now } = this.#clock;
        if (!this.#status.end) return '';
        const end = Date.parse(this.#status.end);
        const left = Math.ceil((end - now()) / 1000);
        const time = inWords(end, now(), language);
        return left <= 0 ? sentence(texts.longer, { time }) : sentence(texts.end, { time, when: relative(left, language) });
    }

    #element(name, attributes, text) {
        const made = this.#document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) {
            if (key === 'class') made.className = value;
            else made.setAttribute(key, value);
        }
        if (text !== undefined) made.textContent = text;
        return made;
    }
}

/** As after every reconnect: nobody wants to be told again. */
function saysTheSame(said, { message, start, end }) {
    return said.message === message && said.start === start && said.end === end;
}

/** Whether somebody has entered something that the server has not seen. */
function hasInput(document) {
    return [...document.querySelectorAll('input'), ...document.querySelectorAll('textarea'), ...document.querySelectorAll('select')]
        .some(isChanged);
}

function isChanged(field) {
    if (field.disabled || ['hidden', 'submit', 'button', 'reset', 'image'].includes(field.type)) return false;
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== (field.defaultValue ?? '');
    const options = [...field.options];
    const none = !field.multiple && !options.some(option => option.defaultSelected);   // then the first one is
    return none ? field.selectedIndex > 0 : options.some(option => option.selected !== option.defaultSelected);
}

/** "in 5 minutes", in the language of the page. */
function relative(seconds, language) {
    const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
    if (seconds < 100) return format.format(seconds, 'second');
    const minutes = Math.round(seconds / 60);
    return minutes < 100 ? format.format(minutes, 'minute') : format.format(Math.round(minutes / 60), 'hour');
}

/** The time, with the day if that is another. */
function inWords(time, now, language) {
    const sameDay = new Date(time).toDateString() === new Date(now).toDateString();
    return new Intl.DateTimeFormat(language, { timeStyle: 'short', ...(!sameDay && { dateStyle: 'medium' }) }).format(time);
}

function browser() {
    return {
        document: globalThis.document,
        location: globalThis.location,
        flash,
        now: () => Date.now(),
        random: () => Math.random(),
        fetch: (...request) => globalThis.fetch(...request),
        setTimeout: (task, delay) => globalThis.setTimeout(task, delay),
        clearTimeout: timer => globalThis.clearTimeout(timer),
    };
}
