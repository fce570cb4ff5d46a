/**
 * A page without a browser: carillon.js with a socket, a ticket servlet, a clock and dice that the test holds in its
 * hands. Nothing here waits for real time.
 */
import assert from 'node:assert/strict';
import { connect } from '../../../main/resources/META-INF/resources/carillon/carillon.js';

export const ENDPOINT = 'ws://shop.example/app/wamp';

/** Lets everything happen that needs no more time: promise reactions and what they start. */
export const settled = () => new Promise(resolve => setImmediate(resolve));

/** A clock that stands still until a test moves it. */
class Clock {
    time = 0;
    #timers = new Map();
    #next = 1;

    setTimeout = (task, delay) => {
        this.#timers.set(this.#next, { task, at: this.time + delay });
        return this.#next++;
    };

    clearTimeout = timer => void this.#timers.delete(timer);

    /** How many timers are set. */
    get pending() {
        return this.#timers.size;
    }

    async passes(milliseconds) {
        const end = this.time + milliseconds;
        for (;;) {
            const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
            if (!due) break;
            const [timer, { task, at }] = due;
            this.#timers.delete(timer);
            this.time = at;
            task();
            await settled();
        }
        this.time = end;
    }
}

/** The router's end of one WebSocket; the page's end is the part that looks like the browser's class. */
export class FakeSocket {
    readyState = 0;
    sent = [];
    /** Whether the question of the page that every router answers with an ERROR is answered unseen by the test. */
    answersRoundTrips = true;
    closedWith = null;
    #read = 0;

    constructor(url, protocols) {
        this.url = url;
        this.protocols = protocols;
    }

    // -- seen by the page

    send(text) {
        assert.notEqual(this.readyState, 0, 'sent before the socket was open');
        if (this.readyState !== 1) return;
        const message = JSON.parse(text);
        if (this.answersRoundTrips && message[0] === 34 && message[2] === Number.MAX_SAFE_INTEGER) {
            queueMicrotask(() => this.says(8, 34, message[1], {}, 'wamp.error.no_such_subscription'));
        } else {
            this.sent.push(message);
        }
    }

    /** As strict as a browser about the codes a page may use. */
    close(code = 1000) {
        if (code !== 1000 && (code < 3000 || code > 4999)) throw new Error(`InvalidAccessError: close code ${code}`);
        if (this.readyState >= 2) return;
        this.readyState = 2;
        this.closedWith = code;
    }

    // -- used by the test

    opens() {
        this.readyState = 1;
        this.onopen?.({});
    }

    async says(...message) {
        await this.saysText(JSON.stringify(message));
    }

    async saysText(text) {
        this.onmessage?.({ data: text });
        await settled();
    }

    async drops(code, reason = '') {
        this.readyState = 3;
        this.onerror?.({});
        this.onclose?.({ code, reason });
        await settled();
    }

    /** The next message of the page that the test has not looked at yet. */
    hears() {
        assert.ok(this.#read < this.sent.length, 'the page has said nothing more');
        return this.sent[this.#read++];
    }

    get hasMore() {
        return this.#read < this.sent.length;
    }

    hearsNothing() {
        assert.deepEqual(this.sent.slice(this.#read), []);
    }

    /** The handshake up to WELCOME as the router sees it. */
    async welcomes(session = 1001) {
        this.opens();
        const [code, realm, details] = this.hears();
        assert.equal(code, 1);
        if (details.authmethods[0] === 'ticket') {
            await this.says(4, 'ticket', {});
            assert.equal(this.hears()[0], 5);
        }
        await this.says(2, session, { realm, authid: 'alice', authrole: 'user', roles: { broker: {}, dealer: {} } });
        return this;
    }

    /** Answers the next SUBSCRIBE, which must be for `topic`. */
    async subscribes(topic, id) {
        const [code, request, , uri] = this.hears();
        assert.deepEqual([code, uri], [32, topic]);
        await this.says(33, request, id);
    }

    /** Answers the next SUBSCRIBE, with the marker of a router that keeps a history. Returns what the page asked for. */
    async replays(topic, id, marker) {
        const [code, request, options, uri] = this.hears();
        assert.deepEqual([code, uri], [32, topic]);
        this.onmessage({ data: JSON.stringify([33, request, id]) });
        await this.says(36, id, 1, marker);
        return options;
    }
}

/**
 * A page that connects as soon as it is made. `options` go to connect(); `random` throws the dice, and `refuseSockets`
 * is what `new WebSocket` fails with, if it shall. `browser` has more for the environment.
 */
export class Page {
    clock = new Clock();
    sockets = [];
    ticketRequests = [];
    reported = [];
    events = [];
    window = new EventTarget();
    /** What the ticket servlet does; a test may replace it. */
    answerTicket = count => Response.json({ ticket: `ticket-${count}` });

    constructor({ random = () => 0.5, refuseSockets = null, browser = {}, ...options } = {}) {
        const page = this;
        class WebSocket extends FakeSocket {
            constructor(url, protocols) {
                super(url, protocols);
                if (refuseSockets) throw new Error(refuseSockets);
                page.sockets.push(this);
            }
        }
        const fetch = async (url, request) => {
            page.ticketRequests.push({ url, ...request });
            await null;   // so that a test can still replace answerTicket after making the page
            return page.answerTicket(page.ticketRequests.length, request);
        };
        const { setTimeout, clearTimeout } = this.clock;
        this.carillon = connect({
            url: ENDPOINT,
            ...options,
            environment: {
                WebSocket, fetch, setTimeout, clearTimeout, random,
                now: () => this.clock.time,
                report: error => this.reported.push(error),
                page: this.window,
                ...browser,
            },
        });
        for (const type of ['open', 'lost', 'retry', 'restored', 'gap', 'revoked', 'login', 'error', 'closed']) {
            this.carillon.addEventListener(type, ({ detail }) => this.events.push({ type, ...detail }));
        }
    }

    /** A page whose first session stands. */
    static async connected(options) {
        const page = new Page(options);
        await (await page.router()).welcomes();
        page.events.length = 0;
        return page;
    }

    /** The socket opened last. */
    async router() {
        await settled();
        assert.ok(this.sockets.length > 0, 'the page has opened no socket');
        return this.sockets.at(-1);
    }

    /** Opens a subscription and lets the router accept it; its events are collected in `received`. */
    async subscribed(topic, id = 70) {
        const received = [];
        const promise = this.carillon.subscribe(topic, event => received.push(event));
        await (await this.router()).subscribes(topic, id);
        return { subscription: await promise, received };
    }

    /** The names of the events so far. */
    get heard() {
        return this.events.map(({ type }) => type);
    }

    event(type) {
        return this.events.find(event => event.type === type);
    }

    async happens(type, properties = {}) {
        this.window.dispatchEvent(Object.assign(new Event(type), properties));
        await settled();
    }
}

/** Dice that fall the same way in every run (mulberry32). */
export function seededDice(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}
