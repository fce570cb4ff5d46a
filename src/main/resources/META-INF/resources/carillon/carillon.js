/**
 * Carillon in a page: subscribe to topics of a Carillon router and stay subscribed; call procedures, and serve some.
 *
 * ```js
 * import { connect } from '/shop/carillon/carillon.js';
 *
 * const carillon = connect();
 * await carillon.subscribe('orders/17', event => show(event.payload));
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
    RESULT = 50, REGISTER = 64, REGISTERED = 65, UNREGISTER = 66, UNREGISTERED = 67, INVOCATION = 68, YIELD = 70;

/** What this client really does, and nothing else: a router believes it. */
const ROLES = {
    publisher: {
        features: { publisher_exclusion: true, publisher_identification: true, subscriber_blackwhite_listing: true },
    },
    subscriber: {
        features: { pattern_based_subscription: true, publisher_identification: true, subscription_revocation: true },
    },
    caller: { features: { caller_identification: true } },
    callee: {
        features: { caller_identification: true, pattern_based_registration: true, shared_registration: true },
    },
};

/** Reasons in ABORT or GOODBYE that only a new login can cure. */
const LOGIN_REASONS = new Set([
    'carillon.close.logged_out',
    'wamp.error.authentication_denied',
    'wamp.error.authentication_failed',
    'wamp.error.no_matching_auth_method',
    'wamp.error.not_authorized',
]);

/** Reasons that neither time nor a login can cure: the page or the router is set up wrongly. */
const FATAL_REASONS = new Set(['wamp.error.no_such_realm']);

const NOT_CONNECTED = 'carillon.error.not_connected';
const CONNECTION_LOST = 'carillon.error.connection_lost';
const LOGIN_REQUIRED = 'carillon.error.login_required';
const CLOSED = 'carillon.error.closed';
const INTERNAL = 'carillon.error.internal';
const PROCEDURE_TAKEN = 'wamp.error.procedure_already_exists';

/** WebSocket close code for "policy violation": the router closes so when the login behind the socket has ended. */
const POLICY_VIOLATION = 1008;

/** A page may not send 1002 itself (only 1000 and 3000 to 4999); 3002 is what other WAMP clients use for it. */
const PROTOCOL_FAULT = 3002;

const DEFAULTS = {
    realm: 'carillon',
    anonymous: false,
    shared: false,
    connectTimeout: 10_000,
    closeTimeout: 2_000,
    retry: { first: 1_000, cap: 30_000, steady: 10_000 },
};

/** Milliseconds that the worker of a shared connection may take to show that it is there. */
const WORKER_TIMEOUT = 3_000;

/** After a reconnect the router may still hold our old session, and with it our procedures, until it misses a ping. */
const TRIES_FOR_A_TAKEN_PROCEDURE = 8;

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
    /** Resolves when the attempt under way has succeeded or failed. */
    #attempted = Promise.resolve();
    #attemptIsOver = () => {};
    #retryTimer = null;
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
        const failed = failure => this.#dispatch('error', failure);
        this.#topics = new Topics(this.#environment.report, failed);
        this.#procedures = new Procedures(this.#environment, failures => this.#delay(failures), failed);
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

    /**
     * Calls `callback` for every event of `topic`, over all reconnects. Resolves once the router has accepted, which
     * may take as long as there is no connection; rejects with a {@link WampError} when the router refuses.
     */
    async subscribe(topic, callback, options = {}) {
        if (typeof topic !== 'string' || typeof callback !== 'function') {
            throw new TypeError('subscribe(topic, callback) takes a string and a function');
        }
        this.#requireHope();
        return this.#topics.subscribe(topic, callback, options);
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
        const delay = this.#delay(this.#failures);
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
    #delay(failures) {
        const { first, cap } = this.#options.retry;
        return Math.round(this.#environment.random() * Math.min(cap, first * 2 ** (failures - 1)));
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
 * between sessions the wishes are kept.
 */
class Topics {
    /** @type {Map<string, Topic>} topics somebody listens to, or whose UNSUBSCRIBE is still on its way */
    #topics = new Map();
    /** The open session; `null` while there is none. */
    #session = null;
    #report;
    #withdrawn;

    /** @param withdrawn told `{ topic, error }` when the router does not serve a topic any more */
    constructor(report, withdrawn) {
        this.#report = report;
        this.#withdrawn = withdrawn;
    }

    subscribe(name, callback, { match = 'exact', onerror = null }) {
        return new Promise((resolve, reject) => {
            const topic = this.#topic(name, match);
            const subscription = new Subscription(topic, listener => this.#unsubscribe(topic, listener));
            subscription.onerror = onerror;
            const listener = { callback, subscription, resolve, reject, ready: false };
            subscription[LISTENER] = listener;
            topic.listeners.add(listener);
            if (topic.id !== null) becomesReady(listener);
            this.#settle(topic);
        });
    }

    /** Forgets the ids of the session before and asks for everything in this one. Resolves when all is answered. */
    moveTo(session) {
        this.#session = session;
        const topics = [...this.#topics.values()];
        for (const topic of topics) {
            topic.id = null;
            topic.request = null;
        }
        return Promise.all(topics.map(topic => this.#settle(topic)));
    }

    /** Whoever has never heard from the router is told that there will be no answer. */
    rejectWaiting(error) {
        for (const topic of [...this.#topics.values()]) {
            for (const listener of [...topic.listeners].filter(one => !one.ready)) {
                leave(topic, listener);
                listener.reject(error);
            }
            this.#forgetIfUnused(topic);
        }
    }

    end(error) {
        this.rejectWaiting(error);
        for (const topic of this.#topics.values()) {
            topic.listeners.forEach(listener => leave(topic, listener));
        }
        this.#topics.clear();
    }

    #topic(name, match) {
        const key = `${match} ${name}`;
        if (!this.#topics.has(key)) this.#topics.set(key, new Topic(key, name, match));
        return this.#topics.get(key);
    }

    async #unsubscribe(topic, listener) {
        leave(topic, listener);
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
        const wanted = topic.listeners.size > 0;
        if (session === null || wanted === (topic.id !== null)) {
            this.#forgetIfUnused(topic);
            return Promise.resolve();
        }
        const answered = wanted ? this.#subscribeIn(session, topic) : this.#unsubscribeIn(session, topic);
        topic.request = answered.then(() => {
            if (session !== this.#session) return undefined;
            topic.request = null;
            return this.#settle(topic);
        });
        return topic.request;
    }

    async #subscribeIn(session, topic) {
        try {
            const id = await session.subscribe(topic, {
                onevent: event => this.#deliver(topic, event),
                onrevoked: error => this.#refused(topic, error),
            });
            if (session !== this.#session) return;
            topic.id = id;
            topic.listeners.forEach(becomesReady);
        } catch (error) {
            if (session === this.#session) this.#refused(topic, error);
        }
    }

    async #unsubscribeIn(session, topic) {
        const id = topic.id;
        topic.id = null;
        // An error here says that the router does not know the subscription, which is what was asked for.
        await session.unsubscribe(id).catch(() => {});
    }

    #deliver(topic, event) {
        for (const listener of [...topic.listeners]) {
            if (topic.listeners.has(listener)) this.#guarded(listener.callback, event);
        }
    }

    /** The router does not serve this topic (any more): whoever waits is rejected, whoever listened is told. */
    #refused(topic, error) {
        const listeners = [...topic.listeners];
        topic.id = null;
        for (const listener of listeners) {
            const { onerror } = listener.subscription;
            leave(topic, listener);
            if (!listener.ready) listener.reject(error);
            else if (onerror) this.#guarded(onerror, error);
        }
        if (listeners.some(listener => listener.ready)) this.#withdrawn({ topic: topic.name, error });
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
    constructor(key, name, match) {
        this.key = key;
        this.name = name;
        this.match = match;
        this.listeners = new Set();
        /** The subscription id in the current session, `null` while there is none. */
        this.id = null;
        /** The promise of the SUBSCRIBE or UNSUBSCRIBE under way. */
        this.request = null;
    }
}

const LISTENER = Symbol('listener');

/** One callback on one topic; what `subscribe` resolves to. */
class Subscription {
    #topic;
    #end;

    constructor(topic, end) {
        this.#topic = topic;
        this.#end = end;
        /** Called with a {@link WampError} when the router withdraws the topic, now or at a reconnect. */
        this.onerror = null;
        Object.defineProperty(this, LISTENER, { value: null, writable: true });
    }

    get topic() {
        return this.#topic.name;
    }

    get match() {
        return this.#topic.match;
    }

    /** False once unsubscribed, refused or closed. */
    get active() {
        return this[LISTENER] !== null;
    }

    /** Ends this callback; the topic itself is left when this was the last one. Calling it twice does no harm. */
    async unsubscribe() {
        if (this.active) await this.#end(this[LISTENER]);
    }
}

function becomesReady(listener) {
    listener.ready = true;
    listener.resolve(listener.subscription);
}

function leave(topic, listener) {
    topic.listeners.delete(listener);
    listener.subscription[LISTENER] = null;
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
    #withdrawn;

    /**
     * @param delay tells the milliseconds to wait before try n
     * @param withdrawn told `{ procedure, error }` when the router does not accept a procedure any more
     */
    constructor(environment, delay, withdrawn) {
        this.#environment = environment;
        this.#delay = delay;
        this.#withdrawn = withdrawn;
    }

    register(procedure, handler, { onerror = null, ...options }) {
        return new Promise((resolve, reject) => {
            const registration = new Registration(procedure, () => this.#unregister(registration));
            registration.onerror = onerror;
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
            const id = await session.register(procedure, registration[STATE].options,
                invocation => this.#serve(session, registration, invocation));
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

    #refused(registration, error) {
        const { ready, reject } = this.#drop(registration);
        if (!ready) return reject(error);
        try {
            registration.onerror?.(error);
        } catch (fault) {
            this.#environment.report(fault);
        }
        return this.#withdrawn({ procedure: registration.procedure, error });
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
        /** Called with a {@link WampError} when the router does not accept the procedure any more, at a reconnect. */
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
    /** @type {Map<number, {procedure: string, serve: Function}>} by registration id */
    #registrations = new Map();
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

    /** Resolves to the subscription id. */
    async subscribe({ name, match }, handlers) {
        const options = match === 'exact' ? {} : { match };
        return this.#request(SUBSCRIBE, SUBSCRIBED, [options, name], { ...handlers, topic: name });
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
    async call(procedure, args, kwargs, options) {
        return this.#request(CALL, RESULT, [options, procedure, ...payload(args, kwargs)]);
    }

    /** Resolves to the registration id. */
    async register(procedure, options, serve) {
        return this.#request(REGISTER, REGISTERED, [options, procedure], { procedure, serve });
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
    }

    fail(request, { uri, message, args, kwargs }) {
        const told = args.length > 0 ? args : [message];
        if (!this.#over) this.#send([ERROR, INVOCATION, request, {}, uri, ...payload(told, kwargs)]);
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
        const topic = details.topic ?? handlers.topic;
        return handlers.onevent({ topic, payload: args[0], args, kwargs, details, publication });
    }

    #request(code, answer, body, handlers = null) {
        return new Promise((resolve, reject) => {
            const id = this.#sendRequest(code, body);
            this.#pending.set(id, { code, answer, handlers, resolve, reject });
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
        if (code === UNSUBSCRIBED && request === 0) return this.#revoked(result);
        const pending = this.#pending.get(request);
        if (pending?.answer !== code) return this.#fault(`an answer ${code} to no request (${request})`);
        this.#pending.delete(request);
        if (code === SUBSCRIBED) this.#subscriptions.set(result, pending.handlers);
        if (code === REGISTERED) this.#registrations.set(result, pending.handlers);
        return pending.resolve(result);
    }

    #called([, request, details, args = [], kwargs = {}]) {
        if (!isDict(details) || !Array.isArray(args)) return this.#fault('a malformed RESULT');
        const pending = this.#pending.get(request);
        if (pending?.answer !== RESULT) return this.#fault(`a RESULT to no call (${request})`);
        if (details.progress === true) return undefined;   // nobody asked for it; the last one counts
        this.#pending.delete(request);
        return pending.resolve(new Result(args, kwargs));
    }

    #invoked([, request, registration, details, args = [], kwargs = {}]) {
        const served = this.#registrations.get(registration);
        if (!served || !isDict(details) || !Array.isArray(args)) return this.#fault('a malformed INVOCATION');
        const procedure = details.procedure ?? served.procedure;
        return served.serve({ request, procedure, payload: args[0], args, kwargs, details });
    }

    #refused([, code, request, details, uri, args = [], kwargs = {}]) {
        const pending = this.#pending.get(request);
        if (pending?.code !== code) return this.#fault(`an ERROR to no request (${request})`);
        this.#pending.delete(request);
        return pending.reject(new WampError(uri, errorText(uri, details, args), { args, kwargs, details }));
    }

    /** Advanced Profile, "Subscription Revocation". */
    #revoked(details) {
        const handlers = this.#subscriptions.get(details?.subscription);
        this.#subscriptions.delete(details?.subscription);
        const uri = details?.reason ?? 'wamp.error.not_authorized';
        handlers?.onrevoked(new WampError(uri, `The router ended the subscription: ${uri}`, { details }));
    }
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
            type: 'module', name: 'carillon 1',   // a worker of another version of this protocol has another number
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
