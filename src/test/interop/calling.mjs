/**
 * Callers and callees of either library in one form, so that one test serves each pair of them.
 *
 * A payload is `{ args, kwargs }`, both always there. A `Refusal` is an ERROR with its URI and payload: a handler
 * throws it; who calls or registers gets it.
 */
import { autobahn, autobahnSession, CarelessWampy, wampySession, within } from './support.mjs';

export class Refusal extends Error {
    constructor(uri, args = [], kwargs = {}) {
        super(uri);
        Object.assign(this, { uri, args, kwargs });
    }
}

class Peer {
    #end;
    #left = new Promise((_, reject) => { this.#end = () => reject(new Error('this session has left')); });

    constructor() {
        this.#left.catch(() => {});   // most leave with nothing under way
    }

    /** What the router answers in time; who has left waits for nothing. */
    async answer(promise, what) {
        try {
            return await within(Promise.race([promise, this.#left]), what);
        } catch (error) {
            throw this.refusal(error) ?? error;
        }
    }

    async leave() {
        await within(this.close(), 'the end of the session');
        this.#end();
    }
}

class AutobahnPeer extends Peer {
    #client;
    #registrations = new Map();

    async join() {
        this.#client = await autobahnSession();
        return this;
    }

    async register(procedure, handler) {
        const endpoint = async (args, kwargs) => {
            try {
                const result = await handler({ args, kwargs: { ...kwargs } });
                return new autobahn.Result(result.args, result.kwargs);
            } catch ({ uri, args, kwargs }) {
                throw new autobahn.Error(uri, args, kwargs);
            }
        };
        const registered = this.#client.session.register(procedure, endpoint);
        this.#registrations.set(procedure, await this.answer(registered, 'REGISTERED'));
    }

    unregister(procedure) {
        return this.answer(this.#client.session.unregister(this.#registrations.get(procedure)), 'UNREGISTERED');
    }

    async call(procedure, { args, kwargs } = {}) {
        const result = await this.answer(this.#client.session.call(procedure, args, kwargs), 'RESULT');
        if (result instanceof autobahn.Result) return { args: result.args, kwargs: { ...result.kwargs } };
        return { args: result === null ? [] : [result], kwargs: {} };   // one value comes bare, none as null
    }

    close() {
        this.#client.connection.close();
        return this.#client.closed;
    }

    refusal(error) {
        return error instanceof autobahn.Error ? new Refusal(error.error, error.args, { ...error.kwargs }) : undefined;
    }
}

class WampyPeer extends Peer {
    #client;

    async join() {
        this.#client = await wampySession(CarelessWampy);
        return this;
    }

    async register(procedure, handler) {
        const rpc = async ({ argsList = [], argsDict = {} }) => {
            try {
                const { args, kwargs } = await handler({ args: argsList, kwargs: argsDict });
                return { argsList: args, argsDict: kwargs };
            } catch ({ uri, args, kwargs }) {
                throw { error: uri, argsList: args, argsDict: kwargs };   // not an Error: wampy reads these three
            }
        };
        await this.answer(this.#client.wampy.register(procedure, rpc), 'REGISTERED');
    }

    unregister(procedure) {
        return this.answer(this.#client.wampy.unregister(procedure), 'UNREGISTERED');
    }

    async call(procedure, { args, kwargs } = {}) {
        const payload = args || kwargs ? { argsList: args, argsDict: kwargs } : null;
        const { argsList = [], argsDict = {} } =
            await this.answer(this.#client.wampy.call(procedure, payload), 'RESULT');
        return { args: argsList, kwargs: argsDict };
    }

    close() {
        return this.#client.wampy.disconnect();
    }

    refusal(error) {
        return error.errorUri ? new Refusal(error.errorUri, error.argsList, error.argsDict) : undefined;
    }
}

/** By name: functions that open a session. */
export const LIBRARIES = { autobahn: () => new AutobahnPeer().join(), wampy: () => new WampyPeer().join() };
