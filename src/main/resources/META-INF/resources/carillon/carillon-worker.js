/**
 * The connection that tabs of one browser share: `connect({ shared: true })` starts this as a SharedWorker.
 *
 * To each tab it looks like a WebSocket to the router. Every tab logs in through a socket of its own, with a ticket of its
 * own; when the WELCOME shows that a connection of the same login is there, the tab is moved to that and its own socket
 * is closed. So nobody ever hears what his own login would not have let him hear. From then on the worker translates
 * request ids, counts who is subscribed to what, and gives to each tab what is its own: what is replayed, too, goes to the
 * tab that asked for it, and positions are the business of the tabs.
 *
 * A tab says over its port `{ open: { url, protocols, lock } }`, `{ send: text }`, `{ close: true }`; it is told
 * `{ worker: lock }`, `{ opened: true }`, `{ message: text }`, `{ closed: { code, reason } }`. Each side holds a Web Lock
 * as long as it lives, and the other one waits for it: so the end of either is noticed however it came.
 */

/** Message codes, Basic Profile, "Messages". */
const WELCOME = 2, ABORT = 3, GOODBYE = 6, ERROR = 8, SUBSCRIBE = 32, UNSUBSCRIBE = 34, UNSUBSCRIBED = 35, EVENT = 36,
    SUBSCRIBED = 33, REGISTERED = 65, UNREGISTER = 66, UNREGISTERED = 67, INVOCATION = 68, INTERRUPT = 69, YIELD = 70,
    CALL = 48, CANCEL = 49, RESULT = 50, PUBLISH = 16;

/** WebSocket close codes: as agreed, and what a browser says when it has noticed a loss. */
const NORMAL = 1000, LOST = 1006;

/** How long a shared connection may take to answer before a tab that has just connected counts it as dead. */
const PROBE_MILLISECONDS = 2_000;

/** No router gives this id to a subscription, so asking for its end is answered by an ERROR. Tabs ask so, too. */
const NO_SUBSCRIPTION = Number.MAX_SAFE_INTEGER;

/** All connections of this browser to routers of this origin. */
export class Hub {
    /** @type {Map<string, SharedSession>} by login */
    #sessions = new Map();
    #environment;
    #lock = `carillon worker ${crypto.randomUUID()}`;

    /** @param environment `WebSocket`, `locks`, `setTimeout` and `clearTimeout`, as in a browser */
    constructor(environment) {
        this.#environment = environment;
        environment.locks.request(this.#lock, () => new Promise(() => {}));
    }

    connect(port) {
        const tab = new Tab(port);
        port.onmessage = ({ data }) => {
            if (data.open) this.#open(tab, data.open);
            else if (data.send) tab.link?.receive(tab, data.send);
            else if (data.close) tab.leave();
        };
        port.postMessage({ worker: this.#lock });
    }

    #open(tab, { url, protocols, lock }) {
        this.#environment.locks.request(lock, () => tab.leave());
        const socket = new this.#environment.WebSocket(url, protocols);
        tab.link = new Handshake(tab, socket, (text, details) => this.#welcomed(tab, socket, url, text, details));
    }

    /** The tab's own socket works, which is more than is known of the other: so that has to prove it first. */
    async #welcomed(tab, socket, url, text, { realm, authid, authrole, authmethod }) {
        const login = JSON.stringify([url, realm, authid, authrole, authmethod]);
        const handshake = tab.link;
        const known = this.#sessions.get(login);
        const lives = known !== undefined && await known.answers();
        if (tab.link !== handshake) return;   // it has left meanwhile
        if (lives && this.#sessions.get(login) === known) {
            known.join(tab);
            farewell(socket);
        } else {
            known?.giveUp();
            this.#share(login, socket, text).join(tab);
        }
    }

    #share(login, socket, text) {
        const session = new SharedSession(socket, text, this.#environment, () => {
            if (this.#sessions.get(login) === session) this.#sessions.delete(login);
        });
        this.#sessions.set(login, session);
        return session;
    }
}

/** A tab, seen from the worker; `link` is what takes its messages, `null` when it has left or was closed. */
class Tab {
    link = null;
    #port;

    constructor(port) {
        this.#port = port;
    }

    opened() {
        this.#port.postMessage({ opened: true });
    }

    tell(text) {
        this.#port.postMessage({ message: text });
    }

    say(message) {
        this.tell(JSON.stringify(message));
    }

    closed(code, reason) {
        this.link = null;
        this.#port.postMessage({ closed: { code, reason } });
    }

    leave() {
        const link = this.link;
        this.link = null;
        link?.leave(this);
    }
}

/** A tab's way to its own WELCOME; everything goes through as it is. */
class Handshake {
    #socket;

    constructor(tab, socket, welcomed) {
        this.#socket = socket;
        socket.onopen = () => tab.opened();
        socket.onclose = ({ code, reason }) => tab.closed(code, reason);
        socket.onmessage = ({ data }) => {
            const message = parsed(data);
            if (message?.[0] === WELCOME && message[2]?.authid !== undefined) welcomed(data, message[2]);
            else tab.tell(data);
        };
    }

    receive(tab, text) {
        this.#socket.send(text);
    }

    leave() {
        release(this.#socket);
    }
}

/** One WAMP session over one socket, and the tabs that have it in common. */
class SharedSession {
    #socket;
    #welcome;
    #environment;
    #ended;
    /** Whether the router understands CANCEL. */
    #cancels;
    /** The router has said goodbye: nothing may be sent any more. */
    #over = false;
    /** @type {Set<Tab>} */
    #tabs = new Set();
    #requests = 0;
    /** @type {Map<number, object>} requests that wait for an answer, by the id at the router */
    #pending = new Map();
    /** @type {Map<string, Set<Tab>>} who wants a topic, accepted or still asked for, by topic and match policy */
    #wanted = new Map();
    /** @type {Map<number, {key: string, tabs: Set<Tab>, asker: Tab}>} by subscription id; the asker was answered last */
    #subscriptions = new Map();
    /** @type {Map<number, Tab>} by registration id */
    #registrations = new Map();
    /** @type {Map<number, Tab>} invocations not answered yet, by request id */
    #invocations = new Map();

    /** @param ended told when nobody may join any more */
    constructor(socket, welcome, environment, ended) {
        this.#socket = socket;
        this.#welcome = welcome;
        this.#environment = environment;
        this.#ended = ended;
        this.#cancels = JSON.parse(welcome)[2].roles?.dealer?.features?.call_canceling === true;
        socket.onopen = null;
        socket.onmessage = ({ data }) => this.#heard(data);
        socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    }

    join(tab) {
        this.#tabs.add(tab);
        tab.link = this;
        tab.tell(this.#welcome);
    }

    /** Resolves to whether the router still answers. */
    answers() {
        return new Promise(resolve => {
            const timer = this.#environment.setTimeout(() => resolve(false), PROBE_MILLISECONDS);
            this.#request(null, [UNSUBSCRIBE, 0, NO_SUBSCRIPTION], {
                answered: () => {
                    this.#environment.clearTimeout(timer);
                    resolve(true);
                },
            });
        });
    }

    giveUp() {
        release(this.#socket);
        this.#closed(LOST, 'the shared connection does not answer');
    }

    /** Takes back what only this tab wanted; the last one ends the session. */
    leave(tab) {
        if (!this.#tabs.delete(tab)) return;
        if (this.#tabs.size === 0) {
            this.#ended();
            if (this.#over) release(this.#socket);
            else farewell(this.#socket);
            return;
        }
        if (this.#over) return;
        for (const [id, { tabs }] of this.#subscriptions) {
            if (tabs.has(tab)) this.#unsubscribe(tab, id);
        }
        this.#wanted.forEach(tabs => tabs.delete(tab));
        for (const [id, owner] of this.#registrations) {
            if (owner === tab) this.#withdraw(id);
        }
        for (const [request, owner] of this.#invocations) {
            if (owner === tab) this.#answer([ERROR, INVOCATION, request, {}, 'wamp.error.canceled']);
        }
        for (const { tab: caller, code, request } of this.#pending.values()) {
            if (caller === tab && code === CALL && this.#cancels) this.#cancel(tab, [CANCEL, request, {}]);
        }
    }

    // ---- from a tab

    receive(tab, text) {
        const message = JSON.parse(text);
        switch (message[0]) {
            case SUBSCRIBE: return this.#subscribe(tab, message);
            case UNSUBSCRIBE: return this.#unsubscribe(tab, message[2], message[1]);
            case PUBLISH: return this.#publish(tab, message);
            case CANCEL: return this.#cancel(tab, message);
            case YIELD:
            case ERROR: return this.#answer(message);
            case GOODBYE:
                tab.say([GOODBYE, {}, 'wamp.close.goodbye_and_out']);
                return tab.leave();
            case ABORT: return tab.leave();
            default: return this.#request(tab, message);
        }
    }

    #subscribe(tab, message) {
        const [, , { match = 'exact' }, topic] = message;
        const key = `${match} ${topic}`;
        this.#wanting(key).add(tab);
        this.#request(tab, message, { key });
    }

    #wanting(key) {
        if (!this.#wanted.has(key)) this.#wanted.set(key, new Set());
        return this.#wanted.get(key);
    }

    /** The router is told when no other tab has, or waits for, the topic. @param request none if the tab is gone */
    #unsubscribe(tab, id, request = null) {
        if (id === NO_SUBSCRIPTION) {
            this.#request(tab, [UNSUBSCRIBE, request, id]);
            return;
        }
        const { key, tabs } = this.#subscriptions.get(id) ?? {};
        if (!tabs?.delete(tab)) {
            tab.say([ERROR, UNSUBSCRIBE, request, {}, 'wamp.error.no_such_subscription']);
            return;
        }
        const wanting = this.#wanting(key);
        wanting.delete(tab);
        if (wanting.size > 0) {
            if (request !== null) tab.say([UNSUBSCRIBED, request]);
            return;
        }
        this.#subscriptions.delete(id);
        this.#wanted.delete(key);
        this.#request(request === null ? null : tab, [UNSUBSCRIBE, request, id]);
    }

    #publish(tab, message) {
        if (message[2]?.acknowledge === true) return this.#request(tab, message);
        return this.#say(renumbered(message, ++this.#requests));
    }

    #withdraw(registration) {
        this.#registrations.delete(registration);
        this.#request(null, [UNREGISTER, 0, registration]);
    }

    #answer(message) {
        const progress = message[0] === YIELD && message[2]?.progress === true;
        if (!progress) this.#invocations.delete(message[0] === YIELD ? message[1] : message[2]);
        this.#say(message);
    }

    /** A call has one id in its tab and another one at the router. It is over when that has answered. */
    #cancel(tab, message) {
        for (const [id, pending] of this.#pending) {
            if (pending.tab === tab && pending.code === CALL && pending.request === message[1]) {
                this.#say(renumbered(message, id));
            }
        }
    }

    /** @param tab who gets the answer, `null` for nobody */
    #request(tab, message, more = {}) {
        const id = ++this.#requests;
        this.#pending.set(id, { tab, code: message[0], request: message[1], target: message[2], ...more });
        this.#say(renumbered(message, id));
    }

    #say(message) {
        this.#socket.send(JSON.stringify(message));
    }

    // ---- from the router

    #heard(text) {
        const message = parsed(text);
        switch (message?.[0]) {
            case EVENT: return this.#event(message, text);
            case INVOCATION: return this.#invoked(message, text);
            case INTERRUPT: return this.#invocations.get(message[1])?.tell(text);
            case GOODBYE:
                this.#say([GOODBYE, {}, 'wamp.close.goodbye_and_out']);
                return this.#tellAll(text);
            case ERROR: return this.#answered(message, 2);
            case UNSUBSCRIBED: return message[1] === 0 ? this.#revoked(message[2], text) : this.#answered(message, 1);
            case UNREGISTERED: return message[1] === 0 ? this.#dismissed(message[2], text) : this.#answered(message, 1);
            default: return typeof message?.[1] === 'number' ? this.#answered(message, 1) : this.#tellAll(text);
        }
    }

    /**
     * What belongs to the answer to a SUBSCRIBE comes behind it, in one go, and is for nobody else. A gap that is said
     * later, of events that were dropped, is for all.
     */
    #event([, id, , details], text) {
        const { tabs, asker } = this.#subscriptions.get(id) ?? { tabs: new Set() };
        const first = details?._gap !== undefined && details._dropped === undefined;
        const answer = first || details?._replayed === true || details?.retained === true;
        if (!answer) tabs.forEach(tab => tab.tell(text));
        else if (tabs.has(asker)) asker.tell(text);
    }

    #answered(message, at) {
        const pending = this.#pending.get(message[at]);
        if (!pending) return;
        const { tab } = pending;
        pending.answered?.();
        if (!(message[0] === RESULT && message[2]?.progress === true)) this.#pending.delete(message[at]);
        const present = tab !== null && this.#tabs.has(tab);
        if (message[0] === SUBSCRIBED) this.#subscribed(pending, message[2], present);
        if (message[0] === REGISTERED) this.#registered(pending, message[2], present);
        if (message[0] === ERROR && pending.key && !this.#has(tab, pending.key)) this.#wanted.get(pending.key)?.delete(tab);
        if (pending.code === UNREGISTER && message[0] !== ERROR) this.#registrations.delete(pending.target);
        if (present) tab.say(renumbered(message, pending.request, at));
    }

    #subscribed({ tab, key }, id, present) {
        if (!present && !this.#wanted.get(key)?.size) {   // it left while it waited, and nobody else wants the topic
            this.#request(null, [UNSUBSCRIBE, 0, id]);
            return;
        }
        if (!this.#subscriptions.has(id)) this.#subscriptions.set(id, { key, tabs: new Set() });
        const subscription = this.#subscriptions.get(id);
        subscription.asker = tab;
        if (!present) return;
        subscription.tabs.add(tab);
        this.#wanting(key).add(tab);
    }

    #has(tab, key) {
        return [...this.#subscriptions.values()].some(one => one.key === key && one.tabs.has(tab));
    }

    #registered({ tab }, id, present) {
        if (present) this.#registrations.set(id, tab);
        else this.#withdraw(id);
    }

    #invoked(message, text) {
        const [, request, registration] = message;
        const tab = this.#registrations.get(registration);
        if (!tab) return this.#say([ERROR, INVOCATION, request, {}, 'wamp.error.no_such_procedure']);
        this.#invocations.set(request, tab);
        return tab.tell(text);
    }

    /** Advanced Profile, "Subscription Revocation". */
    #revoked(details, text) {
        const subscription = this.#subscriptions.get(details?.subscription);
        this.#subscriptions.delete(details?.subscription);
        this.#wanted.delete(subscription?.key);
        subscription?.tabs.forEach(tab => tab.tell(text));
    }

    /** Advanced Profile, "Registration Revocation". */
    #dismissed(details, text) {
        this.#registrations.get(details?.registration)?.tell(text);
        this.#registrations.delete(details?.registration);
    }

    /** GOODBYE or ABORT: each tab draws its own conclusion, and leaves. */
    #tellAll(text) {
        this.#over = true;
        this.#ended();
        this.#tabs.forEach(tab => tab.tell(text));
    }

    #closed(code, reason) {
        this.#ended();
        this.#tabs.forEach(tab => tab.closed(code, reason));
        this.#tabs.clear();
    }
}

function renumbered(message, id, at = 1) {
    const copy = [...message];
    copy[at] = id;
    return copy;
}

function parsed(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

function farewell(socket) {
    if (socket.readyState === 1) socket.send(JSON.stringify([GOODBYE, {}, 'wamp.close.close_realm']));
    release(socket);
}

/** Ends a socket that nobody listens to any more. */
function release(socket) {
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(NORMAL);
}

if (typeof SharedWorkerGlobalScope !== 'undefined' && globalThis instanceof SharedWorkerGlobalScope) {
    const hub = new Hub({
        WebSocket,
        locks: navigator.locks,
        setTimeout: (task, delay) => setTimeout(task, delay),
        clearTimeout: timer => clearTimeout(timer),
    });
    globalThis.onconnect = ({ ports: [port] }) => hub.connect(port);
}
