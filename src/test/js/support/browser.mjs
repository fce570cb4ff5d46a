/**
 * A browser with tabs that share a worker: ports, Web Locks and the worker itself as far as carillon.js needs them.
 * Messages take one turn of promise reactions; nothing waits for real time.
 */
import { Hub } from '../../../main/resources/META-INF/resources/carillon/carillon-worker.js';
import { FakeSocket, Page, settled } from './page.mjs';

/** Exclusive locks, first come first served. */
class Locks {
    #queues = new Map();

    request(name, options, task = options) {
        const queue = this.#queues.get(name) ?? [];
        this.#queues.set(name, queue);
        return new Promise((resolve, reject) => {
            const waiting = { task, resolve };
            options.signal?.addEventListener('abort', () => {
                if (queue.indexOf(waiting) > 0) queue.splice(queue.indexOf(waiting), 1);
                reject(options.signal.reason);
            });
            queue.push(waiting);
            if (queue.length === 1) this.#grant(name);
        });
    }

    async #grant(name) {
        const queue = this.#queues.get(name);
        await null;
        await queue[0].task();
        this.release(name);
    }

    /** What a browser does with the locks of a tab or worker that is gone. */
    release(name) {
        const queue = this.#queues.get(name);
        queue.shift().resolve();
        if (queue.length > 0) this.#grant(name);
    }

    named(beginning) {
        return [...this.#queues].filter(([name, queue]) => name.startsWith(beginning) && queue.length > 0)
            .map(([name]) => name);
    }
}

class Port {
    onmessage = null;
    other = null;
    #open = true;

    postMessage(data) {
        queueMicrotask(() => this.other.#open && this.other.onmessage?.({ data }));
    }

    close() {
        this.#open = false;
    }
}

export class Browser {
    locks = new Locks();
    /** The sockets that the worker has opened. */
    sockets = [];
    timers = [];
    #hub;

    constructor() {
        const { sockets, timers } = this;
        this.#hub = new Hub({
            WebSocket: class extends FakeSocket {
                constructor(url, protocols) {
                    super(url, protocols);
                    this.answersRoundTrips = false;   // the worker asks too, and tests answer that
                    sockets.push(this);
                }
            },
            locks: this.locks,
            setTimeout: task => timers.push(task),
            clearTimeout: timer => { timers[timer - 1] = () => {}; },
        });
    }

    /** A tab that has connected, up to and with WELCOME for `authid` on the socket it comes by. */
    async tab(authid = 'alice', session = 1001) {
        const page = this.open();
        await this.admits(authid, session);
        return page;
    }

    /** A tab that is about to connect. */
    open(options = {}) {
        const hub = this.#hub;
        const told = [];
        class SharedWorker {
            constructor() {
                this.port = new Port();
                const inWorker = new Port();
                [this.port.other, inWorker.other] = [inWorker, this.port];
                const post = inWorker.postMessage.bind(inWorker);
                inWorker.postMessage = data => {
                    if (data.message) told.push(JSON.parse(data.message));
                    post(data);
                };
                queueMicrotask(() => hub.connect(inWorker));
            }
        }
        const page = new Page({ shared: true, browser: { SharedWorker, locks: this.locks }, ...options });
        return Object.assign(page, { told });   // what the worker has passed on to it
    }

    /** The router's part of the handshake on the socket opened last. */
    async admits(authid, session) {
        await settled();
        const router = this.sockets.at(-1);
        router.opens();
        await settled();
        router.hears();
        await router.says(4, 'ticket', {});
        router.hears();
        await router.says(2, session, { realm: 'carillon', authid, authrole: 'user', authmethod: 'ticket', roles: {} });
        return router;
    }
}

/** Answers the question whether the shared connection still lives. */
export async function proves(router) {
    const [code, request] = router.hears();
    await router.says(8, 34, request, {}, 'wamp.error.no_such_subscription');
    return code === 34;
}
