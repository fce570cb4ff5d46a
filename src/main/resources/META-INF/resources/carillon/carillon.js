/**
 * Carillon in a page: subscribe to topics of a Carillon router and stay subscribed; call procedures, and serve some.
 *
 * ```js
 * import { connect } from '/shop/carillon/carillon.js';
 *
 * const carillon = connect();
 * await carillon.subscribe('orders/17', event => show(event.payload), { onGap: () => reload() });
 * const { result } = await carillon.call('orders.total', [17]);
 * carillon.addEventListener('login', () => askToLogInAgain());
 * ```
 *
 * Speaks WAMP v2 over a WebSocket with the subprotocol `wamp.2.json`. There is no build step and no dependency, and
 * everything is in this one file: two files could come from the browser's cache in different versions. (Only tabs that
 * share a connection load `carillon-worker.js` too.)
 *
 * Reading order: {@link Carillon} connects, and connects again; {@link Topics} keeps what the page listens to, and
 * {@link Procedures} what it serves; {@link Session} is one WAMP session over one socket, from the ticket to the last
 * close, and never comes back. The types in `carillon.d.ts` are the reference for callers.
 */

const SUBPROTOCOL = 'wamp.2.json';

/** Message codes, Basic Profile, "Messages". */
const HELLO = 1, WELCOME = 2, ABORT = 3, CHALLENGE = 4, AUTHENTICATE = 5, GOODBYE = 6, ERROR = 8, PUBLISH = 16,
    PUBLISHED = 17, SUBSCRIBE = 32, SUBSCRIBED = 33, UNSUBSCRIBE = 34, UNSUBSCRIBED = 35, EVENT = 36, CALL = 48,
    CANCEL = 49, RESULT = 50, REGISTER = 64, REGISTERED = 65, UNREGISTER = 66, UNREGISTERED = 67, INVOCATION = 68,
    INTERRUPT = 69, YIELD = 70;

/** What this client really does, and nothing else: a router believes it. */
const ROLES = {
    publisher: {
        features: { publisher_exclusion: true, publisher_identification: true, subscriber_blackwhite_listing: true },
    },
    subscriber: {
        features: { pattern_based_subscription: true, publisher_identification: true, subscription_revocation: true },
    },
    caller: {
        features: {
            call_canceling: true, call_timeout: true, caller_identification: true, progressive_call_results: true,
        },
    },
    callee: {
        features: {
            call_canceling: true, caller_identification: true, pattern_based_registration: true,
            progressive_call_results: true, registration_revocation: true, shared_registration: true,
        },
    },
};

const NOT_CONNECTED = 'carillon.error.not_connected';
const CONNECTION_LOST = 'carillon.error.connection_lost';
const LOGIN_REQUIRED = 'carillon.error.login_required';
const CLOSED = 'carillon.error.closed';
const INTERNAL = 'carillon.error.internal';
const PROCEDURE_TAKEN = 'wamp.error.procedure_already_exists';
const CANCELED = 'wamp.error.canceled';
const NOT_AUTHORIZED = 'wamp.error.not_authorized';

/** Reasons in ABORT or GOODBYE that only a new login can cure. */
const LOGIN_REASONS = new Set([
    'carillon.close.logged_out',
    'wamp.error.authentication_denied',
    'wamp.error.authentication_failed',
    'wamp.error.no_matching_auth_method',
    NOT_AUTHORIZED,
]);

/** Reasons that neither time nor a login can cure: the page or the router is set up wrongly. */
const FATAL_REASONS = new Set(['wamp.error.no_such_realm']);

/** Reasons that a little time does not cure: the router has too many of us, and every attempt is one more. */
const CROWDED_REASONS = new Set(['carillon.error.too_many_sessions', 'carillon.error.too_many_joins']);

/** WebSocket close code for "policy violation": the router closes so when the login behind the socket has ended. */
const POLICY_VIOLATION = 1008;
const SYSTEM_SHUTDOWN = 'wamp.close.system_shutdown';

/** A server that goes away, or restarts, sends all of its pages away in the same moment. */
const GOING_AWAY = [1001, 1012];

/** A page may not send 1002 itself (only 1000 and 3000 to 4999); 3002 is what other WAMP clients use for it. */
const PROTOCOL_FAULT = 3002;

const DEFAULTS = {
    realm: 'carillon',
    anonymous: false,
    shared: false,
    connectTimeout: 10_000,
    closeTimeout: 2_000,
    retry: { first: 1_000, shutdown: 5_000, cap: 30_000, steady: 10_000 },
};

/** Milliseconds that the worker of a shared connection may take to show that it is there. */
const WORKER_TIMEOUT = 3_000;

/** What this precedes is a topic of the application; the router tells who subscribes to that. */
const PRESENCE = 'carillon.presence.';

/** After a reconnect the router may still hold our old session, and with it our procedures, until it misses a ping. */
const TRIES_FOR_A_TAKEN_PROCEDURE = 8;

/** What we published in as many earlier sessions is not replayed to us. */
const SESSIONS_REMEMBERED = 8;

/** No router gives this id to a subscription, so asking for its end is answered by an ERROR: after all before it. */
const NO_SUBSCRIPTION = Number.MAX_SAFE_INTEGER;

/** Connects this page to a router and keeps it connected. Returns at once; see {@link Carillon} for what to await. */
export function connect(options = {}) {
    return new Carillon(options);
}

/** An error answer of the router, or one of the `carillon.error.*` cases of this client; `uri` says which. */
export class WampError extends Error {
    constructor(uri, message, { args = [], kwargs = {}, details = {} } = {}) {
        super(message);
        this.name = 'WampError';
        this.uri = uri;
        this.args = args;
        this.kwargs = kwargs;
        this.details = details;
    }
}

/** What a procedure returns: several values, some of them named. `result` is the first, and often the only one. */
export class Result {
    constructor(args = [], kwargs = {}) {
        this.args = args;
        this.kwargs = kwargs;
        this.result = args[0];
    }
}

/** To be thrown by a `ticket` function of the page when nobody is logged in: there will be no retry. */
export class LoginRequired extends Error {
    constructor(message = 'Nobody is logged in; log in again') {
        super(message);
        this.name = 'LoginRequired';
    }
}

/**
 * The connection of a page: one session after the other, and the subscriptions that outlive them.
 *
 * States: `connecting` → `open` → (`lost` → `connecting`)… and from anywhere `login`, `suspended` (the page lies in
 * the back/forward cache) or `closed`. Only `closed` is final.
 */
export class Carillon extends EventTarget {
    #options;
    #environment;
    #state = 'connecting';
    /** The session that is open or being opened; `null` while there is none. */
    #session = null;
    #topics;
    #procedures;
    #user = null;
    /** Resolves when the attempt under way has succeeded or failed. */
    #attempted = Promise.resolve();
    #attemptIsOver = () => {};
    #retryTimer = null;
    #shutdown = false;   // whether this outage began, or went on, with a server that took its leave
    #failures = 0;
    #openedAt = null;
    #wasOpen = false;
    /** Whether events may have been missed since the last session, so that the next one restores something. */
    #interrupted = false;
    #pageListeners = {};

    constructor(options = {}) {
        super();
        this.#environment = { ...browser(), ...options.environment };
        this.#options = settings(options, this.#environment);
        const tell = (type, detail) => this.#dispatch(type, detail);
        this.#topics = new Topics(this.#environment.report, tell);
        this.#procedures = new Procedures(this.#environment, failures => this.#delay(failures), tell);
        this.#watchPage();
        this.#attempt();
    }

    /** One of `connecting`, `open`, `lost`, `login`, `suspended`, `closed`. */
    get state() {
        return this.#state;
    }

    /** The id of the WAMP session, `null` unless `open`. */
    get sessionId() {
        return this.#state === 'open' ? this.#session.id : null;
    }

    /** The name of the user by whom the router knows the last session, `null` before the first. */
    get user() {
        return this.#user;
    }

    /**
     * Calls `callback` for every event of `topic`, over all reconnects: what was missed is replayed, or `onGap` says that
     * it cannot be. Resolves once the router has accepted, which may take as long as there is no connection; rejects with
     * a {@link WampError} when the router refuses.
     */
    async subscribe(topic, callback, options = {}) {
        if (typeof topic !== 'string' || typeof callback !== 'function') {
            throw new TypeError('subscribe(topic, callback) takes a string and a function');
        }
        if (typeof (options.after ?? '') !== 'string') {
            throw new TypeError('after is the position of an event, which is a string');
        }
        this.#requireHope();
        return this.#topics.subscribe(topic, callback, options);
    }

    /**
     * Calls `callback` with the sorted names of the users who subscribe to `topic`: with those of now, and with the whole
     * list again whenever it has changed, over all reconnects. Resolves and rejects as {@link subscribe} does.
     */
    async presence(topic, callback, { onerror } = {}) {
        if (typeof topic !== 'string' || typeof callback !== 'function') {
            throw new TypeError('presence(topic, callback) takes a string and a function');
        }
        this.#requireHope();
        return this.#topics.subscribe(PRESENCE + topic, wholeLists(callback), { onerror, afresh: true });
    }

    /**
     * Publishes one value. With `{ acknowledge: true }` the promise resolves to the publication id when the router has
     * accepted, and rejects when it refuses; without, it resolves as soon as the message is handed to the socket.
     * Never waits for a connection: what was not sent is rejected, not queued.
     */
    async publish(topic, payload, options = {}) {
        if (this.#state !== 'open') {
            throw new WampError(NOT_CONNECTED, `Not published to ${topic}: the connection is ${this.#state}`);
        }
        return this.#session.publish(topic, payload, options);
    }

    /**
     * Calls a procedure. Resolves to a {@link Result}, rejects with the {@link WampError} that the procedure or the
     * router answered. Waits for an attempt to connect that is under way, never for the next: a call that comes minutes
     * after its click does harm.
     */
    async call(procedure, args = [], kwargs = {}, options = {}) {
        if (typeof procedure !== 'string' || !Array.isArray(args) || !isDict(kwargs)) {
            throw new TypeError('call(procedure, args, kwargs) takes a string, an array and an object');
        }
        if (this.#state === 'connecting') await this.#attempted;
        this.#requireHope();
        if (this.#state !== 'open') {
            throw new WampError(NOT_CONNECTED, `${procedure} was not called: the connection is ${this.#state}`);
        }
        return this.#session.call(procedure, args, kwargs, options);
    }

    /**
     * Serves a procedure by `handler`, over all reconnects. Resolves once the router has accepted, which may take as
     * long as there is no connection; rejects with a {@link WampError} when the router refuses.
     */
    async register(procedure, handler, options = {}) {
        if (typeof procedure !== 'string' || typeof handler !== 'function') {
            throw new TypeError('register(procedure, handler) takes a string and a function');
        }
        this.#requireHope();
        return this.#procedures.register(procedure, handler, options);
    }

    /** Tries to connect now rather than later: after a new login, or from a "try again" button. */
    reconnect() {
        if (this.#state === 'login') this.#failures = 0;
        if (this.#state === 'lost' || this.#state === 'login') this.#attempt();
    }

    /** Says goodbye to the router and stops for good. */
    async close() {
        if (this.#state === 'closed') return;
        const session = this.#session;
        this.#stop(closed());
        this.#dispatch('closed', { reason: 'closed by the page' });
        await session?.leave(this.#options.closeTimeout);
    }

    #requireHope() {
        if (this.#state === 'login') throw loginRequired();
        if (this.#state === 'closed') throw closed();
    }

    // ---- one session after the other

    #attempt() {
        this.#clearRetry();
        this.#state = 'connecting';
        this.#attempted = new Promise(resolve => { this.#attemptIsOver = resolve; });
        const session = new Session(this.#options, this.#environment);
        this.#session = session;
        session.onopen = details => this.#opened(session, details);
        session.onend = end => this.#ended(end);
        session.start();
    }

    #opened(session, { authid, authrole }) {
        this.#state = 'open';
        this.#user = authid ?? null;
        this.#openedAt = this.#environment.now();
        const allBack = Promise.all([this.#topics.moveTo(session), this.#procedures.moveTo(session)]);
        this.#attemptIsOver();
        if (!this.#wasOpen) {
            this.#wasOpen = true;
            this.#dispatch('open', { session: session.id, authid, authrole });
        }
        if (this.#interrupted) allBack.then(() => this.#restored(session));
    }

    #restored(session) {
        if (this.#session !== session || !this.#interrupted) return;
        this.#interrupted = false;
        this.#dispatch('restored', { session: session.id, attempts: this.#failures });
    }

    #ended({ kind, ...detail }) {
        this.#dropSession();
        if (kind === 'login') this.#loginNeeded(detail);
        else if (kind === 'fatal') this.#fail(detail);
        else this.#retryLater(detail);
    }

    #retryLater(detail) {
        if (this.#lastedLong()) this.#failures = 0;
        this.#openedAt = null;
        this.#failures++;
        if (!this.#interrupted) this.#shutdown = false;
        if (detail.uri === SYSTEM_SHUTDOWN || GOING_AWAY.includes(detail.code)) this.#shutdown = true;
        const delay = CROWDED_REASONS.has(detail.uri)
            ? this.#longDelay()
            : this.#delay(this.#failures, this.#shutdown);
        const news = this.#interrupted ? 'retry' : 'lost';
        this.#interrupted = true;
        this.#state = 'lost';
        this.#retryTimer = this.#environment.setTimeout(() => this.#attempt(), delay);
        this.#dispatch(news, { ...detail, attempt: this.#failures, delay });
    }

    /** A router that drops every session at once is not up again, and its pages must not come back ever so fast. */
    #lastedLong() {
        return this.#openedAt !== null && this.#environment.now() - this.#openedAt >= this.#options.retry.steady;
    }

    /** Exponential with full jitter: after a restart of the server its pages come back spread out, not as one wave. */
    #delay(failures, afterShutdown = false) {
        const { first, shutdown, cap } = this.#options.retry;
        const base = afterShutdown ? Math.max(first, shutdown) : first;
        return Math.round(this.#environment.random() * Math.min(cap, base * 2 ** (failures - 1)));
    }

    /** In the upper half, and random too: those who were sent away together must not come back together. */
    #longDelay() {
        return Math.round(this.#options.retry.cap * (1 + this.#environment.random()) / 2);
    }

    #loginNeeded(detail) {
        this.#interrupted = true;
        this.#state = 'login';
        this.#topics.rejectWaiting(loginRequired());
        this.#procedures.rejectWaiting(loginRequired());
        this.#dispatch('login', detail);
    }

    #fail({ reason, uri = CLOSED }) {
        const error = new WampError(uri, reason);
        this.#stop(error);
        this.#environment.report(error);
        this.#dispatch('error', { error });
        this.#dispatch('closed', { reason, error });
    }

    #stop(error) {
        this.#clearRetry();
        this.#dropSession();
        this.#unwatchPage();
        this.#state = 'closed';
        this.#topics.end(error);
        this.#procedures.end(error);
    }

    #dropSession() {
        if (this.#session) this.#session.onopen = this.#session.onend = () => {};
        this.#session = null;
        this.#topics.moveTo(null);
        this.#procedures.moveTo(null);
        this.#attemptIsOver();
    }

    #clearRetry() {
        this.#environment.clearTimeout(this.#retryTimer);
        this.#retryTimer = null;
    }

    // ---- the page around it

    #watchPage() {
        this.#pageListeners = {
            online: () => this.#state === 'lost' && this.#attempt(),
            pagehide: () => this.#suspend(),
            pageshow: event => event.persisted && this.#state === 'suspended' && this.#attempt(),
        };
        for (const [type, listener] of Object.entries(this.#pageListeners)) {
            this.#environment.page?.addEventListener(type, listener);
        }
    }

    #unwatchPage() {
        for (const [type, listener] of Object.entries(this.#pageListeners)) {
            this.#environment.page?.removeEventListener(type, listener);
        }
    }

    /** A page with an open socket is refused by the back/forward cache, and one that left must not look present. */
    #suspend() {
        if (!['connecting', 'open', 'lost'].includes(this.#state)) return;
        const session = this.#session;
        this.#clearRetry();
        this.#dropSession();
        this.#interrupted = true;
        this.#state = 'suspended';
        session?.abandon('the page was left');
    }

    #dispatch(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}

function loginRequired() {
    return new WampError(LOGIN_REQUIRED, 'Nobody is logged in; log in again and call reconnect()');
}

function closed() {
    return new WampError(CLOSED, 'This connection is closed; call connect() for a new one');
}

/**
 * What the page listens to. In a session the router is brought in line with that, one request per topic at a time;
 * between sessions the wishes are kept, and for each listener the position up to which it has heard everything.
 *
 * The answer to a SUBSCRIBE is SUBSCRIBED, a *marker*, what was missed, and then what happens. The marker says whether all
 * that was missed is still there; if not, or if no marker comes, the listeners that asked are told of a gap.
 */
class Topics {
    /** @type {Map<string, Topic>} topics somebody listens to, or whose UNSUBSCRIBE is still on its way */
    #topics = new Map();
    /** The open session; `null` while there is none. */
    #session = null;
    /** @type {number[]} ids of the sessions before, newest last */
    #earlier = [];
    #report;
    #tell;

    /**
     * @param tell takes `error` or `revoked` with `{ topic, match, error }` when the router does not serve a topic any more,
     *     `gap` with `{ topic, match, position }` when events of a topic were missed for good
     */
    constructor(report, tell) {
        this.#report = report;
        this.#tell = tell;
    }

    subscribe(name, callback, { match = 'exact', after, retained = false, afresh = false, onGap = null, onerror = null }) {
        return new Promise((resolve, reject) => {
            const topic = this.#topic(name, match);
            const listener = {
                callback, onGap, retained, resolve, reject,
                /** Whether the router tells everything anew behind each SUBSCRIBED: then nothing can be missed. */
                afresh,
                /** Up to here it has heard everything, or wants to know nothing; `null` if that is not known. */
                position: after || null,
                /** Whether it is given the events of the current session. */
                joined: false,
                /** Whether it still has to learn if it has missed anything. */
                owed: Boolean(after),
                /** Whether a router has accepted it, in this session or before. */
                ready: false,
            };
            listener.subscription = new Subscription(topic, listener, () => this.#unsubscribe(topic, listener));
            listener.subscription.onerror = onerror;
            topic.listeners.add(listener);
            this.#settle(topic).then(() => this.#catchUp());
        });
    }

    /** Forgets the ids of the session before and asks for everything in this one. Resolves when all is caught up. */
    async moveTo(session) {
        if (this.#session !== null) this.#earlier = [...this.#earlier, this.#session.id].slice(-SESSIONS_REMEMBERED);
        this.#session = session;
        const topics = [...this.#topics.values()];
        topics.forEach(topic => topic.leaveSession());
        await Promise.all(topics.map(topic => this.#settle(topic)));
        await this.#catchUp();
    }

    /** Whoever has never heard from the router is told that there will be no answer. */
    rejectWaiting(error) {
        for (const topic of [...this.#topics.values()]) {
            for (const listener of [...topic.listeners].filter(one => !one.ready)) {
                topic.listeners.delete(listener);
                listener.reject(error);
            }
            this.#forgetIfUnused(topic);
        }
    }

    end(error) {
        this.rejectWaiting(error);
        this.#topics.forEach(topic => topic.listeners.clear());
        this.#topics.clear();
    }

    #topic(name, match) {
        const key = `${match} ${name}`;
        if (!this.#topics.has(key)) this.#topics.set(key, new Topic(key, name, match));
        return this.#topics.get(key);
    }

    async #unsubscribe(topic, listener) {
        topic.listeners.delete(listener);
        await this.#settle(topic);
    }

    /**
     * Sends the SUBSCRIBE or UNSUBSCRIBE that this topic needs, if any and if none is under way. The answer calls
     * again, because the page may have changed its mind meanwhile. Resolves when there is nothing left to do, or no
     * session to do it in.
     */
    #settle(topic) {
        if (topic.request) return topic.request;
        const session = this.#session;
        if (topic.id !== null) topic.joinUndemanding().forEach(becomesReady);
        const joining = topic.nextToJoin();
        const done = topic.listeners.size > 0 ? joining.length === 0 : topic.id === null;
        if (session === null || done) {
            this.#forgetIfUnused(topic);
            return Promise.resolve();
        }
        const answered = joining.length > 0
            ? this.#subscribeIn(session, topic, joining)
            : this.#unsubscribeIn(session, topic);
        topic.request = answered.then(() => {
            if (session !== this.#session) return undefined;
            topic.request = null;
            return this.#settle(topic);
        });
        return topic.request;
    }

    async #subscribeIn(session, topic, joining) {
        const options = this.#replayOptions(joining);
        try {
            const id = await session.subscribe(topic, options, {
                onsubscribed: () => {
                    topic.replaying = options._after !== undefined;
                    joining.forEach(listener => { listener.joined = true; });
                    if (!topic.replaying) joining.push(...topic.joinUndemanding());
                },
                onmarker: marker => this.#marked(topic, joining, marker),
                ondropped: ({ position }) => this.#dropped(topic, position),
                onevent: event => this.#deliver(topic, joining, event),
                onrevoked: error => {
                    topic.id = null;
                    this.#refused(topic, [...topic.listeners], error, 'revoked');
                },
            });
            if (session !== this.#session) return;
            topic.id = id;
            joining.forEach(becomesReady);
        } catch (error) {
            if (session === this.#session) this.#refused(topic, joining, error);
        }
    }

    /** Retained events are for those who know nothing yet; a replay has them too. */
    #replayOptions(joining) {
        const after = oldest(joining.map(listener => listener.position));
        if (joining.every(one => one.afresh)) return {};
        if (after === null) return { _history: true, ...(joining.some(one => one.retained) && { get_retained: true }) };
        return { _history: true, _after: after, ...(this.#earlier.length > 0 && { _not_from: this.#earlier }) };
    }

    async #unsubscribeIn(session, topic) {
        const id = topic.id;
        topic.id = null;
        // An error here says that the router does not know the subscription, which is what was asked for.
        await session.unsubscribe(id).catch(() => {});
    }

    /** Right behind SUBSCRIBED, for those who have joined by it. */
    #marked(topic, joining, { gap, position }) {
        topic.passes(position);
        const present = joining.filter(listener => topic.listeners.has(listener));
        const missed = present.filter(one => one.owed && (gap || one.position === null || position === null));
        missed.forEach(listener => { listener.position = position; });
        present.forEach(listener => { listener.owed = false; });
        if (gap || !topic.replaying) topic.isUpToDate();
        this.#sayGap(topic, missed, position);
    }

    /** Between two events: the router had no room for what came here, because this page reads too slowly. */
    #dropped(topic, position) {
        topic.passes(position);
        const present = [...topic.listeners].filter(listener => listener.joined && !listener.afresh);
        for (const listener of present) {
            if (position !== null && !isAtOrBefore(position, listener.position)) listener.position = position;
        }
        this.#sayGap(topic, present, position);
    }

    /**
     * When the answer to one more request is here, all markers and replays are. A router that knows no history sends none:
     * then nobody can know what was missed.
     */
    async #catchUp() {
        const session = this.#session;
        const topics = [...this.#topics.values()].filter(topic => topic.replaying || topic.owed().length > 0);
        if (session === null || topics.length === 0) return;
        const owed = new Set(topics.flatMap(topic => topic.owed()));
        await session.roundTrip();
        if (session !== this.#session) return;
        for (const topic of topics) {
            const missed = topic.owed().filter(listener => owed.has(listener));
            for (const listener of missed) {
                listener.owed = false;
                listener.position = null;
            }
            this.#sayGap(topic, missed, null);
            topic.isUpToDate();
        }
    }

    #sayGap({ name, match }, missed, position) {
        if (missed.length === 0) return;
        const gap = { topic: name, match, position };
        missed.forEach(({ onGap }) => onGap && this.#guarded(onGap, gap));
        this.#tell('gap', gap);
    }

    /** The position goes on together with the event: a handler that fails is not given it again. */
    #deliver(topic, joining, event) {
        topic.passes(event.position);
        for (const listener of event.retained ? joining.filter(one => one.retained) : [...topic.listeners]) {
            if (!topic.listeners.has(listener) || !listener.joined) continue;
            if (!event.retained && !advanced(listener, event)) continue;
            this.#guarded(listener.callback, event);
        }
    }

    /** The router does not serve this topic (any more): whoever waits is rejected, whoever listened is told. */
    #refused(topic, listeners, error, news = 'error') {
        const present = listeners.filter(listener => topic.listeners.delete(listener));
        for (const { ready, reject, subscription: { onerror } } of present) {
            if (!ready) reject(error);
            else if (onerror) this.#guarded(onerror, error);
        }
        if (present.some(listener => listener.ready)) this.#tell(news, { topic: topic.name, match: topic.match, error });
        this.#forgetIfUnused(topic);
    }

    #guarded(callback, argument) {
        try {
            callback(argument);
        } catch (error) {
            this.#report(error);
        }
    }

    #forgetIfUnused(topic) {
        if (topic.listeners.size === 0 && topic.id === null && !topic.request) this.#topics.delete(topic.key);
    }
}

/** All callbacks of the page on one topic share one WAMP subscription. */
class Topic {
    /** The subscription id in the current session, `null` while there is none. */
    id = null;
    /** The promise of the SUBSCRIBE or UNSUBSCRIBE under way. */
    request = null;
    /** The newest position of this session, for those who join without a request; `null` if there is none. */
    position = null;
    /** Whether the events that come were missed by somebody. */
    replaying = false;
    listeners = new Set();

    constructor(key, name, match) {
        this.key = key;
        this.name = name;
        this.match = match;
    }

    leaveSession() {
        this.id = this.request = this.position = null;
        this.replaying = false;
        for (const listener of this.listeners) {
            listener.joined = false;
            listener.owed = !listener.afresh && (listener.ready || listener.position !== null);
        }
    }

    /** Who wants nothing but what happens from now on needs no request of his own. Returns them. */
    joinUndemanding() {
        const some = [...this.listeners].filter(one => !one.joined && !one.owed && !one.retained && !one.afresh);
        for (const listener of some) {
            listener.joined = true;
            if (!this.replaying) listener.position = this.position;
        }
        return some;
    }

    /** From here on nothing comes that happened before. */
    isUpToDate() {
        this.replaying = false;
        for (const listener of this.listeners) {
            if (listener.joined) listener.position ??= this.position;
        }
    }

    /** Listeners that one SUBSCRIBE can serve: one `_after` has one epoch. */
    nextToJoin() {
        const outside = [...this.listeners].filter(listener => !listener.joined);
        return outside.filter(({ position }) => epoch(position) === epoch(outside[0].position));
    }

    /** Those who have joined and do not know yet whether they have missed anything. */
    owed() {
        return [...this.listeners].filter(listener => listener.joined && listener.owed);
    }

    passes(position) {
        if (position !== null && !isAtOrBefore(position, this.position)) this.position = position;
    }
}

/** One callback on one topic; what `subscribe` resolves to. */
class Subscription {
    #topic;
    #listener;
    #end;

    constructor(topic, listener, end) {
        this.#topic = topic;
        this.#listener = listener;
        this.#end = end;
        /** Called with a {@link WampError} when the router withdraws the topic, now or at a reconnect. */
        this.onerror = null;
    }

    get topic() {
        return this.#topic.name;
    }

    get match() {
        return this.#topic.match;
    }

    /** By which procedures of the router know it, in this session only; `null` while there is none. */
    get id() {
        return this.active ? this.#topic.id : null;
    }

    /** Where this callback is: a later `subscribe` with it as `after` goes on there. `null` if that is not known. */
    get position() {
        return this.#listener.position;
    }

    /** False once unsubscribed, refused or closed. */
    get active() {
        return this.#topic.listeners.has(this.#listener);
    }

    /** Ends this callback; the topic itself is left when this was the last one. Calling it twice does no harm. */
    async unsubscribe() {
        if (this.active) await this.#end();
    }
}

/** Makes of what the router says, all users first and then each change, whole lists, and tells those that differ. */
function wholeLists(callback) {
    let known = null;
    return ({ payload: { users, joined, left } }) => {
        const present = new Set(users ?? known);
        if (joined !== undefined) present.add(joined);
        present.delete(left);
        const list = [...present].sort();
        if (known?.length === list.length && list.every((user, i) => user === known[i])) return;
        known = list;
        callback([...list]);
    };
}

function becomesReady(listener) {
    listener.ready = true;
    listener.resolve(listener.subscription);
}

/** Moves a listener on to an event; false if it has had that one, or joined after it. */
function advanced(listener, { position, replayed }) {
    if (position === null) return true;
    if (isAtOrBefore(position, listener.position) || (replayed && listener.position === null)) return false;
    listener.position = position;
    return true;
}

// ---- positions: `EPOCH:SEQUENCE`; those of two epochs have no order

function epoch(position) {
    return position === null ? null : position.slice(0, position.lastIndexOf(':'));
}

function sequence(position) {
    return Number(position.slice(position.lastIndexOf(':') + 1));
}

function isAtOrBefore(position, other) {
    return other !== null && epoch(position) === epoch(other) && sequence(position) <= sequence(other);
}

/** @param positions of one epoch, or all null */
function oldest(positions) {
    return positions.reduce((first, next) => (next !== null && isAtOrBefore(next, first) ? next : first));
}

/**
 * What the page serves. Each registration is one of its own at the router; between sessions the wishes are kept.
 */
class Procedures {
    /** @type {Set<Registration>} */
    #registrations = new Set();
    /** The open session; `null` while there is none. */
    #session = null;
    #environment;
    #delay;
    #tell;

    /**
     * @param delay tells the milliseconds to wait before try n
     * @param tell takes `error` or `revoked`, and `{ procedure, error }`, when the router does not accept a procedure any
     *     more
     */
    constructor(environment, delay, tell) {
        this.#environment = environment;
        this.#delay = delay;
        this.#tell = tell;
    }

    register(procedure, handler, { onerror = null, force = false, discloseCaller = false, ...options }) {
        return new Promise((resolve, reject) => {
            const registration = new Registration(procedure, () => this.#unregister(registration));
            registration.onerror = onerror;
            if (force) options.force_reregister = true;
            if (discloseCaller) options.disclose_caller = true;
            registration[STATE] = { handler, options, resolve, reject, id: null, ready: false };
            this.#registrations.add(registration);
            this.#registerIn(this.#session, registration);
        });
    }

    /** Forgets the ids of the session before and registers everything in this one. Resolves when all is answered. */
    moveTo(session) {
        this.#session = session;
        const registrations = [...this.#registrations];
        registrations.forEach(registration => { registration[STATE].id = null; });
        return Promise.all(registrations.map(registration => this.#registerIn(session, registration)));
    }

    rejectWaiting(error) {
        for (const registration of [...this.#registrations].filter(one => !one[STATE].ready)) {
            this.#drop(registration)?.reject(error);
        }
    }

    end(error) {
        this.rejectWaiting(error);
        this.#registrations.forEach(registration => this.#drop(registration));
    }

    async #registerIn(session, registration, tries = 1) {
        if (session === null) return;
        const { procedure } = registration;
        try {
            const id = await session.register(procedure, registration[STATE].options, {
                serve: invocation => this.#serve(session, registration, invocation),
                onrevoked: error => registration.active && this.#refused(registration, error, 'revoked'),
            });
            if (session !== this.#session) return;
            if (registration.active) this.#accepted(registration[STATE], registration, id);
            else await session.unregister(id).catch(() => {});
        } catch (error) {
            if (session !== this.#session || !registration.active) return;
            if (error.uri === PROCEDURE_TAKEN && registration[STATE].ready && tries < TRIES_FOR_A_TAKEN_PROCEDURE) {
                this.#tryLater(session, registration, tries);
            } else {
                this.#refused(registration, error);
            }
        }
    }

    #tryLater(session, registration, tries) {
        this.#environment.setTimeout(() => {
            if (session === this.#session && registration.active) this.#registerIn(session, registration, tries + 1);
        }, this.#delay(tries));
    }

    #accepted(state, registration, id) {
        state.id = id;
        state.ready = true;
        state.resolve(registration);
    }

    #refused(registration, error, news = 'error') {
        const { ready, reject } = this.#drop(registration);
        if (!ready) return reject(error);
        try {
            registration.onerror?.(error);
        } catch (fault) {
            this.#environment.report(fault);
        }
        return this.#tell(news, { procedure: registration.procedure, error });
    }

    /** Asked before the router has answered, it is told so as soon as it does. */
    async #unregister(registration) {
        const { id, ready, reject } = this.#drop(registration);
        if (!ready) reject(new WampError(CLOSED, `${registration.procedure} was unregistered before it was registered`));
        if (id !== null) await this.#session.unregister(id).catch(() => {});
    }

    #drop(registration) {
        const state = registration[STATE];
        registration[STATE] = null;
        this.#registrations.delete(registration);
        return state;
    }

    /** A caller learns of a {@link WampError} what the handler says in it, and of any other error nothing. */
    async #serve(session, registration, { request, ...invocation }) {
        if (!registration.active) {   // it crossed our UNREGISTER
            return session.fail(request, new WampError('wamp.error.no_such_procedure', 'This procedure has just gone'));
        }
        try {
            const returned = await registration[STATE].handler({ ...invocation });
            session.yield(request, asResult(returned));
        } catch (error) {
            if (error instanceof WampError) return session.fail(request, error);
            if (invocation.signal.aborted) return session.fail(request, canceled(registration.procedure));
            this.#environment.report(error);
            session.fail(request, new WampError(INTERNAL, 'The procedure failed'));
        }
        return undefined;
    }
}

const STATE = Symbol('state');

/** One procedure that the page serves; what `register` resolves to. */
class Registration {
    #end;

    constructor(procedure, end) {
        this.procedure = procedure;
        this.#end = end;
        /** Called with a {@link WampError} when the router does not accept the procedure any more. */
        this.onerror = null;
        Object.defineProperty(this, STATE, { value: null, writable: true });
    }

    /** False once unregistered, refused or closed. */
    get active() {
        return this[STATE] !== null;
    }

    /** Ends the service. Calling it twice does no harm. */
    async unregister() {
        if (this.active) await this.#end();
    }
}

function canceled(procedure) {
    return new WampError(CANCELED, `The call of ${procedure} was cancelled`);
}

function asResult(returned) {
    if (returned instanceof Result) return returned;
    return new Result(returned === undefined ? [] : [returned]);
}

/**
 * One WAMP session over one WebSocket. It ends exactly once, with `onend({ kind, reason, uri?, code? })`, where kind is
 * `lost` (worth another try), `login` (somebody must log in) or `fatal` (never). Afterwards it is silent.
 */
class Session {
    id = null;
    onopen = () => {};
    onend = () => {};
    #options;
    #environment;
    #socket = null;
    #ticket = null;
    #requests = 0;
    /** @type {Map<number, object>} requests that wait for their answer, by request id */
    #pending = new Map();
    /** @type {Map<number, object>} handlers by subscription id */
    #subscriptions = new Map();
    /** @type {Map<number, {procedure: string, serve: Function, onrevoked: Function}>} by registration id */
    #registrations = new Map();
    /** @type {Map<number, AbortController>} invocations not answered yet, by request id */
    #invocations = new Map();
    /** Whether the router understands CANCEL. */
    #cancels = false;
    #aborting = new AbortController();
    #deadline = null;
    #farewell = null;
    #over = false;

    constructor(options, environment) {
        this.#options = options;
        this.#environment = environment;
    }

    /** Ticket, socket, HELLO; the whole way to WELCOME has one deadline. */
    async start() {
        const { connectTimeout, anonymous, ticket } = this.#options;
        this.#deadline = this.#environment.setTimeout(() => this.#giveUp(), connectTimeout);
        try {
            this.#ticket = await (anonymous ? null : ticket(this.#aborting.signal));
        } catch (error) {
            return this.#end(error instanceof LoginRequired ? 'login' : 'lost', { reason: error.message });
        }
        return this.#over || this.#openSocket();
    }

    /**
     * Resolves to the subscription id. A topic may be subscribed to again, for another replay: the id is the same then, and
     * the new handlers replace the ones before.
     */
    async subscribe({ name, match }, options, handlers) {
        const all = match === 'exact' ? options : { match, ...options };
        return this.#request(SUBSCRIBE, SUBSCRIBED, [all, name], { handlers: { ...handlers, topic: name } });
    }

    /** Resolves when the router has answered, and so has said all that it had to say before. */
    async roundTrip() {
        await this.#request(UNSUBSCRIBE, UNSUBSCRIBED, [NO_SUBSCRIPTION]).catch(() => {});
    }

    /** Events still under way are ignored from now on, not only from the answer on. */
    async unsubscribe(id) {
        this.#subscriptions.delete(id);
        return this.#request(UNSUBSCRIBE, UNSUBSCRIBED, [id]);
    }

    async publish(topic, payload, options) {
        const body = [options, topic, ...(payload === undefined ? [] : [[payload]])];
        if (options.acknowledge === true) return this.#request(PUBLISH, PUBLISHED, body);
        this.#sendRequest(PUBLISH, body);
        return undefined;
    }

    /** Resolves to a {@link Result}. */
    async call(procedure, args, kwargs, { onProgress = null, signal, cancelMode = 'killnowait', ...options }) {
        if (signal?.aborted) throw canceled(procedure);
        if (onProgress) options.receive_progress = true;
        const call = { procedure, onProgress };
        const cancel = () => this.#cancel(call, cancelMode);
        signal?.addEventListener('abort', cancel);
        try {
            return await this.#request(CALL, RESULT, [options, procedure, ...payload(args, kwargs)], call);
        } finally {
            signal?.removeEventListener('abort', cancel);
        }
    }

    /** The router's answer ends the call; if it knows no CANCEL, the call ends here and its answer goes nowhere. */
    #cancel(call, mode) {
        if (this.#over || this.#pending.get(call.id) !== call) return;
        call.onProgress = null;
        if (this.#cancels) this.#send([CANCEL, call.id, { mode }]);
        else call.reject(canceled(call.procedure));
    }

    /** Resolves to the registration id. */
    async register(procedure, options, handlers) {
        return this.#request(REGISTER, REGISTERED, [options, procedure], { handlers: { ...handlers, procedure } });
    }

    /** What was invoked before the router heard of it comes in before its answer. */
    async unregister(id) {
        try {
            await this.#request(UNREGISTER, UNREGISTERED, [id]);
        } finally {
            this.#registrations.delete(id);
        }
    }

    /** Answers an invocation, if there is still somebody to hear it. */
    yield(request, { args, kwargs }) {
        if (!this.#over) this.#send([YIELD, request, {}, ...payload(args, kwargs)]);
        this.#invocations.delete(request);
    }

    fail(request, { uri, message, args, kwargs }) {
        const told = args.length > 0 ? args : [message];
        if (!this.#over) this.#send([ERROR, INVOCATION, request, {}, uri, ...payload(told, kwargs)]);
        this.#invocations.delete(request);
    }

    /** A part of the answer; what comes behind the answer, or behind the end of the call, is not sent. */
    #progress(request, { args, kwargs }) {
        if (!this.#invocations.has(request) || this.#invocations.get(request).signal.aborted) return;
        this.#send([YIELD, request, { progress: true }, ...payload(args, kwargs)]);
    }

    /** GOODBYE, wait for the router's, close. Resolves in any case, at the latest after `timeout` ms. */
    leave(timeout) {
        if (this.id === null || this.#over) {
            this.abandon('closed by the page');
            return Promise.resolve();
        }
        return new Promise(resolve => {
            const timer = this.#environment.setTimeout(() => this.abandon('no GOODBYE in time'), timeout);
            this.#farewell = () => {
                this.#environment.clearTimeout(timer);
                resolve();
            };
            this.#send([GOODBYE, {}, 'wamp.close.close_realm']);
        });
    }

    /** Ends without waiting for anything; a GOODBYE goes out if there is somebody to hear it. */
    abandon(reason) {
        if (this.#over) return;
        if (this.id !== null && !this.#farewell) this.#send([GOODBYE, {}, 'wamp.close.close_realm']);
        this.#end('lost', { reason });
    }

    // ---- the socket

    #openSocket() {
        const { shared, url } = this.#options;
        let socket;
        try {
            socket = shared
                ? new SharedSocket(url, this.#environment)
                : new this.#environment.WebSocket(url, [SUBPROTOCOL]);
        } catch (error) {
            return this.#end('fatal', { reason: `No WebSocket to ${url}: ${error.message}` });
        }
        this.#socket = socket;
        socket.onopen = () => this.#send([HELLO, this.#options.realm, this.#hello()]);
        socket.onmessage = ({ data }) => this.#received(data);
        socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    }

    #hello() {
        const authmethods = [this.#options.anonymous ? 'anonymous' : 'ticket'];
        return { roles: ROLES, authmethods, agent: 'carillon.js' };
    }

    #send(message) {
        this.#socket.send(JSON.stringify(message));
    }

    #received(data) {
        let message;
        try {
            message = JSON.parse(data);
        } catch {
            return this.#fault('a message that is not JSON');
        }
        if (!Array.isArray(message)) return this.#fault('a message that is not an array');
        return this.id === null ? this.#handshake(message) : this.#conversation(message);
    }

    #closed(code, reason) {
        const kind = code === POLICY_VIOLATION ? 'login' : 'lost';
        this.#end(kind, { code, reason: reason || `the connection was closed (${code})` });
    }

    #giveUp() {
        this.#end('lost', { reason: `no session within ${this.#options.connectTimeout} ms` });
    }

    /** The router broke the protocol: nothing it says can be relied on, so start afresh. */
    #fault(what) {
        const reason = `The router sent ${what}`;
        this.#send([ABORT, { message: reason }, 'wamp.error.protocol_violation']);
        this.#end('lost', { reason, uri: 'wamp.error.protocol_violation' }, PROTOCOL_FAULT);
    }

    #end(kind, detail, closeCode = 1000) {
        if (this.#over) return;
        this.#over = true;
        this.#environment.clearTimeout(this.#deadline);
        this.#aborting.abort();
        this.#ticket = null;
        if (this.#socket) {
            this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
            this.#socket.close(closeCode);
        }
        for (const { reject } of this.#pending.values()) {
            reject(new WampError(CONNECTION_LOST, `The connection ended before the answer: ${detail.reason}`));
        }
        this.#pending.clear();
        this.#subscriptions.clear();
        this.#registrations.clear();
        this.#invocations.forEach(invocation => invocation.abort(new WampError(CONNECTION_LOST, detail.reason)));
        this.#invocations.clear();
        this.#farewell?.();
        this.onend({ kind, ...detail });
    }

    // ---- messages

    #handshake(message) {
        switch (message[0]) {
            case CHALLENGE: return this.#challenged(message);
            case WELCOME: return this.#welcomed(message);
            case ABORT: return this.#dismissed(message);
            default: return this.#fault(`message ${message[0]} before WELCOME`);
        }
    }

    #conversation(message) {
        switch (message[0]) {
            case EVENT: return this.#event(message);
            case SUBSCRIBED:
            case UNSUBSCRIBED:
            case PUBLISHED:
            case REGISTERED:
            case UNREGISTERED: return this.#answered(message);
            case RESULT: return this.#called(message);
            case INVOCATION: return this.#invoked(message);
            case INTERRUPT: return this.#interrupted(message);
            case ERROR: return this.#refused(message);
            case GOODBYE: return this.#goodbye(message);
            case ABORT: return this.#dismissed(message);
            default: return this.#fault(`message ${message[0]} to a session`);
        }
    }

    #challenged([, method]) {
        if (method !== 'ticket' || this.#ticket === null) return this.#fault(`a challenge for '${method}'`);
        this.#send([AUTHENTICATE, this.#ticket, {}]);
        this.#ticket = null;   // it is good for one use only
        return undefined;
    }

    #welcomed([, id, details]) {
        if (!Number.isSafeInteger(id) || !isDict(details)) return this.#fault('a WELCOME without a session id');
        this.#environment.clearTimeout(this.#deadline);
        this.id = id;
        this.#cancels = details.roles?.dealer?.features?.call_canceling === true;
        return this.onopen(details);
    }

    #dismissed([, details, uri]) {
        this.#end(kindOf(uri), { reason: details?.message ?? `the router refused: ${uri}`, uri });
    }

    #goodbye([, details, uri]) {
        if (!this.#farewell) this.#send([GOODBYE, {}, 'wamp.close.goodbye_and_out']);
        this.#end(kindOf(uri), { reason: details?.message ?? `the router said goodbye: ${uri}`, uri });
    }

    #event([, subscription, publication, details, args = [], kwargs = {}]) {
        if (!isDict(details) || !Array.isArray(args)) return this.#fault('a malformed EVENT');
        const handlers = this.#subscriptions.get(subscription);
        if (!handlers) return undefined;   // it crossed our UNSUBSCRIBE
        const position = typeof details._position === 'string' ? details._position : null;
        if (details._gap !== undefined && details._dropped !== undefined) return handlers.ondropped({ position });
        if (details._gap !== undefined) return handlers.onmarker({ gap: details._gap !== false, position });
        return handlers.onevent({
            topic: details.topic ?? handlers.topic,
            payload: args[0],
            args,
            kwargs,
            details,
            publication,
            publisher: disclosed(details, 'publisher'),
            position,
            replayed: details._replayed === true,
            retained: details.retained === true,
            dropped: Number.isSafeInteger(details._dropped) ? details._dropped : 0,
        });
    }

    /** @param more becomes what is kept until the answer; `handlers` of it are in place when the promise resolves */
    #request(code, answer, body, more = {}) {
        return new Promise((resolve, reject) => {
            const id = this.#sendRequest(code, body);
            this.#pending.set(id, Object.assign(more, { id, code, answer, resolve, reject }));
        });
    }

    /** Counts a request only when it is sent: what JSON cannot express is thrown before, and leaves no gap. */
    #sendRequest(code, body) {
        const id = this.#requests + 1;
        this.#send([code, id, ...body]);
        this.#requests = id;
        return id;
    }

    /** The handlers are in place before the promise resolves: the first EVENT may be right behind SUBSCRIBED. */
    #answered([code, request, result]) {
        if (request === 0 && code === UNSUBSCRIBED) return revoked(this.#subscriptions, result?.subscription, result);
        if (request === 0 && code === UNREGISTERED) return revoked(this.#registrations, result?.registration, result);
        const pending = this.#pending.get(request);
        if (pending?.answer !== code) return this.#fault(`an answer ${code} to no request (${request})`);
        this.#pending.delete(request);
        if (code === SUBSCRIBED) {
            this.#subscriptions.set(result, pending.handlers);
            pending.handlers.onsubscribed();
        }
        if (code === REGISTERED) this.#registrations.set(result, pending.handlers);
        return pending.resolve(result);
    }

    #called([, request, details, args = [], kwargs = {}]) {
        if (!isDict(details) || !Array.isArray(args)) return this.#fault('a malformed RESULT');
        const pending = this.#pending.get(request);
        if (pending?.answer !== RESULT) return this.#fault(`a RESULT to no call (${request})`);
        if (details.progress === true) return this.#progressed(pending, new Result(args, kwargs));
        this.#pending.delete(request);
        return pending.resolve(new Result(args, kwargs));
    }

    #invoked([, request, registration, details, args = [], kwargs = {}]) {
        const served = this.#registrations.get(registration);
        if (!served || !isDict(details) || !Array.isArray(args)) return this.#fault('a malformed INVOCATION');
        const interrupting = new AbortController();
        this.#invocations.set(request, interrupting);
        return served.serve({
            request,
            procedure: details.procedure ?? served.procedure,
            payload: args[0],
            args,
            kwargs,
            details,
            caller: disclosed(details, 'caller'),
            signal: interrupting.signal,
            progress: details.receive_progress === true ? part => this.#progress(request, asResult(part)) : null,
        });
    }

    /** The call is over for its caller. One that we have just answered is none of ours any more. */
    #interrupted([, request]) {
        this.#invocations.get(request)?.abort(new WampError(CANCELED, 'The call was cancelled'));
    }

    /** If nobody asked for it, the last one counts. */
    #progressed({ onProgress }, part) {
        try {
            onProgress?.(part);
        } catch (error) {
            this.#environment.report(error);
        }
    }

    #refused([, code, request, details, uri, args = [], kwargs = {}]) {
        const pending = this.#pending.get(request);
        if (pending?.code !== code) return this.#fault(`an ERROR to no request (${request})`);
        this.#pending.delete(request);
        return pending.reject(new WampError(uri, errorText(uri, details, args), { args, kwargs, details }));
    }
}

/** Advanced Profile, "Subscription Revocation" and "Registration Revocation". */
function revoked(served, id, details) {
    const handlers = served.get(id);
    served.delete(id);
    const uri = details?.reason ?? NOT_AUTHORIZED;
    handlers?.onrevoked(new WampError(uri, `The router ended it: ${uri}`, { details }));
}

/** Who published or called, if the router says so; null if not. */
function disclosed(details, role) {
    const [session, authid, authrole] = [details[role], details[`${role}_authid`], details[`${role}_authrole`]];
    return session === undefined && authid === undefined && authrole === undefined ? null : { session, authid, authrole };
}

/**
 * Looks like a WebSocket, and is the way to the one that this tab has in common with others: `carillon-worker.js`. Where
 * that is impossible (no SharedWorker, no secure context, a Content Security Policy) it is a socket of its own.
 *
 * Either side holds a Web Lock as long as it lives, so that the other one learns of its end, however that came.
 */
class SharedSocket {
    /** Whether this page has found out that it cannot share. */
    static #impossible = false;

    onopen = null;
    onmessage = null;
    onclose = null;
    #url;
    #environment;
    /** What `send` goes to: the port of the worker, or a socket. */
    #way = null;
    #welcome = false;
    #released = () => {};
    #watching = new AbortController();
    #timer = null;

    constructor(url, environment) {
        this.#url = url;
        this.#environment = environment;
        const worker = SharedSocket.#impossible ? null : sharedWorker(environment);
        if (worker) this.#together(worker);
        else this.#alone();
    }

    send(text) {
        this.#way.send(text);
    }

    close(code) {
        this.#way?.close(code);
    }

    #together(worker) {
        const { port } = worker;
        const giveUp = () => {
            if (this.#welcome || this.#watching.signal.aborted) return;
            SharedSocket.#impossible = true;
            this.#leave(port);
            this.#alone();
        };
        this.#timer = this.#environment.setTimeout(giveUp, WORKER_TIMEOUT);
        worker.onerror = giveUp;
        this.#way = {
            send: text => port.postMessage({ send: text }),
            close: () => {
                port.postMessage({ close: true });
                this.#leave(port);
            },
        };
        port.onmessage = ({ data }) => this.#told(port, data);
    }

    #told(port, { worker, opened, message, closed }) {
        if (worker) this.#greeted(port, worker);
        else if (opened) this.onopen?.({});
        else if (message) this.onmessage?.({ data: message });
        else if (closed) this.#end(port, closed);
    }

    #greeted(port, worker) {
        this.#environment.clearTimeout(this.#timer);
        this.#welcome = true;
        const { locks } = this.#environment;
        const lock = `carillon tab ${crypto.randomUUID()}`;
        locks.request(lock, () => {
            if (!this.#watching.signal.aborted) {
                port.postMessage({ open: { url: this.#url, protocols: [SUBPROTOCOL], lock } });
            }
            return new Promise(resolve => {
                this.#released = resolve;
                if (this.#watching.signal.aborted) resolve();
            });
        });
        locks.request(worker, { signal: this.#watching.signal }, () => {
            this.#end(port, { code: 1006, reason: 'the shared connection is gone' });
        }).catch(() => {});   // aborted: we left first
    }

    #end(port, event) {
        this.#leave(port);
        this.onclose?.(event);
    }

    #leave(port) {
        this.#environment.clearTimeout(this.#timer);
        this.#watching.abort();
        this.#released();
        port.onmessage = null;
        port.close();
    }

    #alone() {
        const socket = new this.#environment.WebSocket(this.#url, [SUBPROTOCOL]);
        this.#way = socket;
        socket.onopen = event => this.onopen?.(event);
        socket.onmessage = event => this.onmessage?.(event);
        socket.onclose = event => this.onclose?.(event);
    }
}

/** Null where there are none, or none for this page, as in a sandboxed frame. */
function sharedWorker({ SharedWorker, locks }) {
    if (!SharedWorker || !locks) return null;
    try {
        return new SharedWorker(new URL('./carillon-worker.js', import.meta.url), {
            type: 'module', name: 'carillon 2',   // a worker of another version of this protocol has another number
        });
    } catch {
        return null;
    }
}

/** The end of a message: absent payload stays absent. Basic Profile, "Message Structure". */
function payload(args, kwargs) {
    if (Object.keys(kwargs).length > 0) return [args, kwargs];
    return args.length > 0 ? [args] : [];
}

function kindOf(uri) {
    if (LOGIN_REASONS.has(uri)) return 'login';
    return FATAL_REASONS.has(uri) ? 'fatal' : 'lost';
}

function errorText(uri, details, args) {
    if (typeof args[0] === 'string') return args[0];
    return details?.message ?? uri;
}

function isDict(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// ---- settings

function settings(options, environment) {
    const url = webSocketUrl(options.url ?? new URL('../wamp', import.meta.url));
    const ticketUrl = options.ticketUrl ? absolute(options.ticketUrl).href : ticketUrlFor(url);
    return {
        realm: options.realm ?? DEFAULTS.realm,
        anonymous: options.anonymous ?? DEFAULTS.anonymous,
        shared: options.shared ?? DEFAULTS.shared,
        connectTimeout: options.connectTimeout ?? DEFAULTS.connectTimeout,
        closeTimeout: options.closeTimeout ?? DEFAULTS.closeTimeout,
        retry: { ...DEFAULTS.retry, ...options.retry },
        url: url.href,
        ticket: ticketSource(options.ticket ?? (signal => fetchTicket(environment, ticketUrl, signal))),
    };
}

function absolute(url) {
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
}

function webSocketUrl(address) {
    const url = absolute(address);
    if (url.protocol === 'http:') url.protocol = 'ws:';
    if (url.protocol === 'https:') url.protocol = 'wss:';
    if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
        throw new TypeError(`${url} is no address of a router; give connect({ url }) one that starts with ws: or wss:`);
    }
    url.hash = '';
    return url;
}

function ticketUrlFor(url) {
    const ticketUrl = new URL(`${url.pathname.replace(/\/$/, '')}/ticket`, url);
    ticketUrl.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
    return ticketUrl.href;
}

function ticketSource(source) {
    return async signal => {
        const ticket = await source(signal);
        if (typeof ticket !== 'string' || ticket === '') throw new Error('the answer holds no ticket');
        return ticket;
    };
}

/** A fresh ticket for every connect: each is good for one use and for a minute. It is never kept or logged. */
async function fetchTicket(environment, url, signal) {
    const response = await environment.fetch(url, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: '{}',
        cache: 'no-store',
        redirect: 'manual',
        signal,
    });
    const { status, type } = response;
    const toLoginPage = type === 'opaqueredirect' || (status >= 300 && status < 400);
    if (status === 401 || status === 403 || toLoginPage) throw new LoginRequired();
    if (!response.ok) throw new Error(`the ticket request was answered with ${status}`);
    return (await response.json())?.ticket;
}

/** What is taken from the surroundings, so that tests can bring their own. Arrows, as browsers insist on `this`. */
function browser() {
    return {
        WebSocket: globalThis.WebSocket,
        fetch: (...request) => globalThis.fetch(...request),
        setTimeout: (task, delay) => globalThis.setTimeout(task, delay),
        clearTimeout: timer => globalThis.clearTimeout(timer),
        now: () => globalThis.performance.now(),
        random: () => Math.random(),
        report: error => (globalThis.reportError ? globalThis.reportError(error) : console.error(error)),
        SharedWorker: globalThis.SharedWorker,
        locks: globalThis.navigator?.locks,
        page: typeof globalThis.addEventListener === 'function' ? globalThis : null,
    };
}
