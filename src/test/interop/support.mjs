/** What the conversations of the foreign clients share: the router's address, deadlines, inboxes, sessions. */
import { after } from 'node:test';
import { WebSocket } from 'ws';
import { Wampy } from 'wampy';

// autobahn takes the global class, which node has had only since 22, and looks for it when it is loaded.
globalThis.WebSocket ??= WebSocket;

// It warns of every connection that ends, also of those that are meant to, and keeps what it finds here.
const { warn } = console;
console.warn = () => {};
export const { default: autobahn } = await import('autobahn');
console.warn = warn;

export const ROUTER = process.env.CARILLON_URL ?? 'ws://127.0.0.1:8080/carillon/wamp';
export const REALM = process.env.CARILLON_REALM ?? 'realm1';
const DEADLINE = Number(process.env.CARILLON_DEADLINE ?? 10_000);

/** The value of `promise`, or an error that says what did not happen in time. */
export async function within(promise, what) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${what}: not within ${DEADLINE} ms`)), DEADLINE);
    });
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
}

/** Events in the order they came in; `next` waits for one that has not been taken yet. */
export class Inbox {
    #waiting = [];
    #received = [];

    receive = event => {
        const taker = this.#waiting.shift();
        if (taker) taker(event);
        else this.#received.push(event);
    };

    next(what = 'an event') {
        if (this.#received.length > 0) return Promise.resolve(this.#received.shift());
        return within(new Promise(resolve => this.#waiting.push(resolve)), what);
    }
}

/** A topic or procedure nobody else uses, so that each test stands alone. */
export function freshUri() {
    return `com.example.interop.t${process.pid}_${Math.random().toString(36).slice(2)}`;
}

/**
 * An autobahn session; `closed` resolves to what its connection says at the end. autobahn prints what a callee throws,
 * which is no trouble where the caller is meant to get it.
 */
export async function autobahnSession(options = {}) {
    const connection = new autobahn.Connection({
        url: ROUTER,
        realm: REALM,
        max_retries: 0,
        on_user_error: () => {},
        ...options,
    });
    let end;
    const closed = new Promise(resolve => { end = resolve; });
    const opened = new Promise((resolve, reject) => {
        connection.onopen = resolve;
        connection.onclose = (reason, details) => {
            reject(new Error(`autobahn could not connect: ${reason} ${JSON.stringify(details)}`));
            end({ reason, details });
            return true;   // no retry
        };
    });
    connection.open();
    after(() => connection.isOpen && connection.close());
    const session = await within(opened, 'an autobahn session');
    return { connection, session, closed };
}

/** Lets the router judge the URIs; wampy itself would not send a bad one. */
export class CarelessWampy extends Wampy {
    _validateURI() {
        return true;
    }
}

/** A wampy session. It retries for ever by default, which would hide a router that drops it. */
export async function wampySession(type = Wampy, options = {}) {
    let end;
    const closed = new Promise(resolve => { end = resolve; });
    const wampy = new type(ROUTER, {
        realm: REALM,
        ws: WebSocket,
        autoReconnect: false,
        onClose: () => end(),
        ...options,
    });
    const welcome = await within(wampy.connect(), 'a wampy session');
    after(() => wampy.disconnect());
    return { wampy, welcome, closed };
}
