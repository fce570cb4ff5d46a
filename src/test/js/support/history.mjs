/**
 * A router that keeps a bounded history of one topic, and answers SUBSCRIBE and UNSUBSCRIBE on the sockets it is given.
 * Sockets may come and go; the history stays.
 */
import { settled } from './page.mjs';

const SUBSCRIPTION = 7;

export class History {
    epoch = 'e1';
    #sequence = 0;
    #kept = [];
    #bound;
    /** @type {Map<object, boolean>} sockets that are subscribed, and whether they asked for positions */
    #subscribers = new Map();

    constructor(bound = Infinity) {
        this.#bound = bound;
    }

    get head() {
        return `${this.epoch}:${this.#sequence}`;
    }

    /** Publishes the next number: 1, 2, 3 ... */
    publish() {
        const position = `${this.epoch}:${++this.#sequence}`;
        this.#kept.push({ sequence: this.#sequence, position });
        if (this.#kept.length > this.#bound) this.#kept.shift();
        for (const [socket, asked] of this.#subscribers) {
            this.#tell(socket, this.#sequence, asked ? { _position: position } : {});
        }
        return this.#sequence;
    }

    /** As after a restart of a server whose history is in memory. Numbers go on, positions start afresh. */
    forget() {
        this.epoch += 'x';
        this.#kept = [];
    }

    /** Answers one message of a page that no test has looked at. */
    answer(socket) {
        const [code, request, third] = socket.hears();
        if (code === 32) this.#subscribe(socket, request, third);
        else if (third === SUBSCRIPTION && this.#subscribers.delete(socket)) this.#say(socket, [35, request]);
        else this.#say(socket, [8, 34, request, {}, 'wamp.error.no_such_subscription']);
    }

    async answerAll(socket) {
        for (await settled(); socket.hasMore; await settled()) this.answer(socket);
    }

    leaves(socket) {
        this.#subscribers.delete(socket);
    }

    #subscribe(socket, request, { _after: after, _history: asks }) {
        this.#subscribers.set(socket, asks === true);
        this.#say(socket, [33, request, SUBSCRIPTION]);
        const [, epoch, sequence] = /(.*):(.*)/.exec(after ?? this.head);
        const first = this.#kept[0]?.sequence ?? this.#sequence + 1;
        const gap = epoch !== this.epoch || Number(sequence) < first - 1;
        this.#say(socket, [36, SUBSCRIPTION, 1, { _gap: gap, _position: gap ? this.head : after ?? this.head }]);
        if (gap) return;
        for (const one of this.#kept.filter(kept => kept.sequence > sequence)) {
            this.#tell(socket, one.sequence, { _position: one.position, _replayed: true });
        }
    }

    #tell(socket, number, details) {
        this.#say(socket, [36, SUBSCRIPTION, number, details, [number]]);
    }

    /** Without a pause between messages, as a router that says several in one turn. */
    #say(socket, message) {
        socket.onmessage?.({ data: JSON.stringify(message) });
    }
}
