/**
 * Types of `carillon.js`, the part of Carillon that runs in a page.
 *
 * Served beside it, at `<context root>/carillon/carillon.d.ts`. With an import by address, map the address to this file
 * with `compilerOptions.paths`, or keep a copy of both files in your sources.
 */

/**
 * Connects this page to a router and keeps it connected until {@link Carillon.close}. Returns at once; every
 * `subscribe` waits for the connection by itself.
 *
 * @throws TypeError when `url` is no WebSocket address
 */
export function connect(options?: ConnectOptions): Carillon;

/** Everything is optional: a page of the application that hosts the router needs no option at all. */
export interface ConnectOptions {
    /** The router. Default: `../wamp` seen from `carillon.js`, secure if that was loaded securely. */
    url?: string | URL;

    /** Where a ticket is fetched, by POST. Default: `/ticket` below the router's address. */
    ticketUrl?: string | URL;

    /** Default: `carillon`. */
    realm?: string;

    /**
     * Replaces the fetching of tickets. It is called at every connect and must return a fresh ticket each time. It may
     * throw {@link LoginRequired} when nobody is logged in; any other error counts as a lost connection. The signal is
     * aborted when the attempt is given up.
     */
    ticket?: (signal: AbortSignal) => string | Promise<string>;

    /** Connects as a visitor: no ticket is fetched. Only realms that admit visitors accept this. Default: false. */
    anonymous?: boolean;

    /**
     * Shares one connection among the tabs of this browser that have the same login, realm and router. They then share the
     * WAMP session too: what one publishes is not sent to the others unless it says `exclude_me: false`, and a procedure can
     * be registered by one of them. Where a browser cannot do it, the page has a connection of its own. Default: false.
     */
    shared?: boolean;

    /** Milliseconds that an attempt may take from its ticket request to its session. Default: 10000. */
    connectTimeout?: number;

    /** Milliseconds that {@link Carillon.close} waits for the router's goodbye. Default: 2000. */
    closeTimeout?: number;

    retry?: RetryOptions;

    /** For tests, and for hosts that are no browsers: what would otherwise be taken from the global object. */
    environment?: Partial<Environment>;
}

/** The delay before attempt n is drawn evenly from 0 to `min(cap, first * 2^(n-1))` milliseconds. */
export interface RetryOptions {
    /** Longest delay before the first new attempt, in milliseconds. Default: 1000. */
    first?: number;

    /**
     * Instead of `first`, if it is longer, when the outage is one of a server that took its leave (GOODBYE
     * `wamp.close.system_shutdown`, close code 1001 or 1012): all its pages come back, elsewhere or when it has
     * restarted. Default: 5000.
     */
    shutdown?: number;

    /** Longest delay of all, in milliseconds. Default: 30000. */
    cap?: number;

    /** A session must have lasted so many milliseconds for the delays to start from `first` again. Default: 10000. */
    steady?: number;
}

/** What carillon.js needs of its surroundings. */
export interface Environment {
    /** A class like the browser's; `new WebSocket(url, ['wamp.2.json'])`. */
    WebSocket: new (url: string, protocols: string[]) => unknown;
    fetch: (url: string, request: RequestInit) => Promise<Response>;
    setTimeout: (task: () => void, delay: number) => unknown;
    clearTimeout: (timer: any) => void;
    /** Milliseconds of a clock that is never set back. */
    now: () => number;
    /** From 0 to below 1. */
    random: () => number;
    /** Told of errors that callbacks throw. Default: `reportError`, or the console. */
    report: (error: unknown) => void;
    /** For `shared`; undefined where there is none. */
    SharedWorker: unknown;
    /** Web Locks, for `shared`; undefined where there are none. */
    locks: unknown;
    /** Source of `online`, `pagehide` and `pageshow`, or null. Default: the window. */
    page: EventTarget | null;
}

/**
 * - `connecting`: an attempt is being made
 * - `open`: there is a session
 * - `lost`: there is none; the next attempt is set
 * - `login`: there is none, and only a login will help; {@link Carillon.reconnect} goes on
 * - `suspended`: the page lies in the browser's back/forward cache
 * - `closed`: for good
 */
export type State = 'connecting' | 'open' | 'lost' | 'login' | 'suspended' | 'closed';

/** The connection of a page: its subscriptions, its calls, and the procedures it serves. */
export class Carillon extends EventTarget {
    private constructor();

    readonly state: State;

    /** The id of the WAMP session, null unless `open`. */
    readonly sessionId: number | null;

    /** The name of the user by whom the router knows the last session, null before the first. */
    readonly user: string | null;

    /**
     * Calls `callback` for every event of `topic` until {@link Subscription.unsubscribe}, over all reconnects. What was
     * published during an outage comes after it, in order and once, if the router keeps a history of the topic; if that
     * does not reach back so far, or there is none, `onGap` and the event `gap` say so: load again what matters. Callbacks
     * on one topic share one subscription at the router, and each has a position of its own; one that throws does not
     * disturb the others, and is not given the event again.
     *
     * To miss nothing between the rendering of a page and its subscription, let the server render a position that it took
     * before it read the data, and give it as `after`. Without it, the first event is the first one after the subscription,
     * and no gap is said at first.
     *
     * A page that keeps what it hears and {@link Subscription.position} for a later visit must do so by one write; if it is
     * closed before, that event comes again: to such a store events are delivered at least once.
     *
     * The promise waits as long as there is no connection. It rejects with a {@link WampError} when the router refuses
     * the topic, when a login is needed (`carillon.error.login_required`) and after close (`carillon.error.closed`).
     */
    subscribe<P = any>(
        topic: string,
        callback: (event: TopicEvent<P>) => void,
        options?: SubscribeOptions,
    ): Promise<Subscription>;

    /**
     * Calls `callback` with the names of the users who subscribe to `topic`, sorted, each once however many tabs he has:
     * first with those of now, perhaps none, and then with the whole list again whenever it has changed, until
     * {@link Subscription.unsubscribe}. After a reconnect the list is compared with the one before, so there is no `gap`.
     * During an outage the last list stands, as nobody can know a newer one.
     *
     * The topic's handler must allow it. The promise waits and rejects as that of {@link Carillon.subscribe} does. The
     * `topic` of the subscription, and of the events `revoked` and `error`, is `carillon.presence.TOPIC`.
     */
    presence(topic: string, callback: (users: string[]) => void, options?: PresenceOptions): Promise<Subscription>;

    /**
     * Publishes one value; `undefined` publishes no argument at all. The promise resolves to the publication id with
     * `acknowledge: true`, else to undefined as soon as the message is handed to the socket. Nothing is queued: it
     * rejects with `carillon.error.not_connected` when there is no session, and with `carillon.error.connection_lost`
     * when the session ends before the answer (the router may then have published it or not).
     */
    publish(topic: string, payload: unknown, options: PublishOptions & { acknowledge: true }): Promise<number>;
    publish(topic: string, payload?: unknown, options?: PublishOptions): Promise<number | undefined>;

    /**
     * Calls a procedure. Rejects with a {@link WampError}: the error of the procedure or of the router (such as
     * `wamp.error.no_such_procedure`, `wamp.error.not_authorized`), `carillon.error.not_connected` when there is no
     * session, `carillon.error.login_required`, `carillon.error.closed`, and `carillon.error.connection_lost` when the
     * session ends before the answer (the procedure may then have been carried out or not). A call waits for an attempt
     * to connect that is under way, and is never queued beyond that.
     */
    call<R = any>(procedure: string, args?: any[], kwargs?: object, options?: CallOptions): Promise<Result<R>>;

    /**
     * Serves a procedure until {@link Registration.unregister}, over all reconnects. What the handler returns is the
     * result, also by a promise; a {@link Result} has several values. A {@link WampError} that it throws reaches the
     * caller as it is; of any other error the caller learns `carillon.error.internal` and nothing more, and it is
     * reported in this page.
     *
     * The promise waits as long as there is no connection. It rejects with a {@link WampError} when the router refuses
     * (`wamp.error.not_authorized`, `wamp.error.procedure_already_exists`), when a login is needed and after close. When
     * the procedure is taken after a reconnect, mostly by our own session before, it is tried again some times.
     */
    register(
        procedure: string,
        handler: (invocation: Invocation) => unknown,
        options?: RegisterOptions,
    ): Promise<Registration>;

    /** Tries now rather than later. Needed after `login`, when somebody has logged in; harmless while open. */
    reconnect(): void;

    /** Says goodbye and stops for good. Resolves when the router has answered, at the latest after `closeTimeout`. */
    close(): Promise<void>;

    addEventListener<T extends keyof CarillonEvents>(
        type: T,
        listener: (event: CustomEvent<CarillonEvents[T]>) => void,
        options?: boolean | AddEventListenerOptions,
    ): void;
    addEventListener(
        type: string,
        listener: EventListenerOrEventListenerObject | null,
        options?: boolean | AddEventListenerOptions,
    ): void;

    removeEventListener<T extends keyof CarillonEvents>(
        type: T,
        listener: (event: CustomEvent<CarillonEvents[T]>) => void,
        options?: boolean | EventListenerOptions,
    ): void;
    removeEventListener(
        type: string,
        listener: EventListenerOrEventListenerObject | null,
        options?: boolean | EventListenerOptions,
    ): void;
}

/** The events of a {@link Carillon} and the `detail` of each. */
export interface CarillonEvents {
    /** The first session of this page is open. */
    open: Opened;

    /** There is no connection (any more): once for every outage, also when the very first attempt fails. */
    lost: Outage;

    /** A further attempt of the same outage has failed. */
    retry: Outage;

    /**
     * The outage, the need for a login, or the stay in the back/forward cache is over; the subscriptions are back, and what
     * was missed has come or was told as a `gap`.
     */
    restored: Restored;

    /** Events of a topic were missed for good; once for all callbacks that asked together. See `onGap`. */
    gap: Gap;

    /** Nobody is logged in (any more). There is no further attempt until {@link Carillon.reconnect}. */
    login: Ended;

    /** The router has ended a subscription or a registration of this session; it is not asked for again. */
    revoked: Failure;

    /**
     * The router refuses a topic or a procedure at a reconnect, or (without either) never will serve this page.
     */
    error: Failure;

    /** Closed for good, by the page, or because of `error`. */
    closed: Closed;
}

export interface Opened {
    session: number;
    /** Who the router takes this page's user for. */
    authid?: string;
    authrole?: string;
}

/** Why a connection has ended or did not come about. */
export interface Ended {
    /** A sentence for people. */
    reason: string;
    /** The WebSocket close code, if there was one. */
    code?: number;
    /** The reason in the router's ABORT or GOODBYE, if there was one. */
    uri?: string;
}

export interface Outage extends Ended {
    /** The number of the attempt that is set now, 1 for the first. */
    attempt: number;
    /** Milliseconds until then. */
    delay: number;
}

export interface Restored {
    session: number;
    /** How many attempts it took. */
    attempts: number;
}

/** Events are missing before the next one. */
export interface Gap {
    topic: string;
    match: 'exact' | 'prefix' | 'wildcard';
    /** Where the topic is now; null if it has no history. Data that is read from now on is not older. */
    position: string | null;
}

export interface Failure {
    topic?: string;
    match?: 'exact' | 'prefix' | 'wildcard';
    procedure?: string;
    error: WampError;
}

export interface Closed {
    reason: string;
    error?: WampError;
}

/** One publication as a subscriber sees it. */
export interface TopicEvent<P = any> {
    /** The topic published to; with a pattern subscription this is not the pattern. */
    readonly topic: string;
    /** The first argument, which is all that most publishers send. */
    readonly payload: P;
    readonly args: readonly any[];
    readonly kwargs: Readonly<Record<string, any>>;
    /** WAMP's EVENT.Details. */
    readonly details: Readonly<Record<string, any>>;
    /** The id of the publication, the same for all its receivers. */
    readonly publication: number;
    /** Who published; null unless the router discloses it. */
    readonly publisher: Peer | null;
    /** Its place in the topic's history; null if there is none. To be kept and given back as `after`, not to be read. */
    readonly position: string | null;
    /** Whether it was published before the subscription was made, and comes from the history. */
    readonly replayed: boolean;
    /** Whether it is the topic's last retained event, sent because `retained` asked for it. */
    readonly retained: boolean;
    /**
     * How many events were left out before this one because this page reads too slowly; 0 as a rule. Where the topic says
     * `KEEP_LATEST`, this event has replaced them.
     */
    readonly dropped: number;
}

/** Somebody at the other side of the router, as far as it says who that is. */
export interface Peer {
    readonly session?: number;
    readonly authid?: string;
    readonly authrole?: string;
}

export interface SubscribeOptions {
    /** How `topic` is compared; patterns need a topic handler that allows them. Default: `exact`. */
    match?: 'exact' | 'prefix' | 'wildcard';
    /** What was published after this position is replayed first. Null and the empty string are no position. */
    after?: string | null;
    /** Called when events were missed that will not come any more, before those that follow. */
    onGap?: (gap: Gap) => void;
    /**
     * Asks for the topic's last retained event, which then is the first one. Not with `after`; and not again after a
     * reconnect, unless the topic has no history. Default: false.
     */
    retained?: boolean;
    /** See {@link Subscription.onerror}. */
    onerror?: (error: WampError) => void;
}

export interface PresenceOptions {
    /** See {@link Subscription.onerror}. */
    onerror?: (error: WampError) => void;
}

/** One callback on one topic. */
export interface Subscription {
    readonly topic: string;
    readonly match: 'exact' | 'prefix' | 'wildcard';
    /** The id for the meta API, such as `wamp.subscription.get_events`. Another one after each reconnect; null while there is none. */
    readonly id: number | null;
    /** The position of the last event that this callback was given, or where it began; null if the topic has no history. */
    readonly position: string | null;
    /** False once unsubscribed, refused, revoked or closed. */
    readonly active: boolean;
    /** Called when the router revokes this subscription, or refuses it at a reconnect; it is not tried again. */
    onerror: ((error: WampError) => void) | null;
    /** Resolves when the router knows, or at once when there is nothing to tell it. May be called twice. */
    unsubscribe(): Promise<void>;
}

/** What this client does for a call, and WAMP's CALL.Options under their own names. */
export interface CallOptions {
    /** Gets what the procedure tells before its result, in order; asks the callee for it. */
    onProgress?: (part: Result) => void;
    /**
     * Cancels the call when it is aborted. The promise then rejects with `wamp.error.canceled`, unless the result was faster.
     */
    signal?: AbortSignal;
    /**
     * What an abort does at the callee: `killnowait` interrupts it and rejects at once, `kill` waits for what it answers to
     * the interruption, `skip` lets it go on unheard. Default: `killnowait`.
     */
    cancelMode?: 'killnowait' | 'kill' | 'skip';
    /** Milliseconds until the router gives up, with `wamp.error.timeout`. Default: none. */
    timeout?: number;
    /** Asks the router to tell the callee who calls. */
    disclose_me?: boolean;
    [option: string]: unknown;
}

/** What a procedure returned, or is to return: positional and named values. */
export class Result<R = any> {
    constructor(args?: any[], kwargs?: object);
    readonly args: readonly any[];
    readonly kwargs: Readonly<Record<string, any>>;
    /** The first positional value, which is all that most procedures return; undefined if there is none. */
    readonly result: R;
}

/** One call as the procedure sees it. */
export interface Invocation {
    /** The procedure called; with a pattern registration this is not the pattern. */
    readonly procedure: string;
    /** The first argument. */
    readonly payload: any;
    readonly args: readonly any[];
    readonly kwargs: Readonly<Record<string, any>>;
    /** WAMP's INVOCATION.Details. */
    readonly details: Readonly<Record<string, any>>;
    /** Who calls; null unless the router discloses it. */
    readonly caller: Peer | null;
    /** Aborted when nobody waits for the result any more: the call was cancelled, or the connection is lost. */
    readonly signal: AbortSignal;
    /** Tells the caller a value, or a {@link Result} of several, before the result; null if he did not ask for that. */
    readonly progress: ((part?: unknown) => void) | null;
}

/** What this client offers for a registration, and WAMP's REGISTER.Options under their own names. */
export interface RegisterOptions {
    match?: 'exact' | 'prefix' | 'wildcard';
    /** Whom of several callees the router calls. Default: `single`, and the second to register is refused. */
    invoke?: 'single' | 'roundrobin' | 'random' | 'first' | 'last';
    /** Takes the procedure from whoever has registered it; that registration is revoked. Default: false. */
    force?: boolean;
    /** Asks the router to say in each invocation who calls. Default: false. */
    discloseCaller?: boolean;
    /** See {@link Registration.onerror}. */
    onerror?: (error: WampError) => void;
    [option: string]: unknown;
}

/** One procedure that this page serves. */
export interface Registration {
    readonly procedure: string;
    /** False once unregistered, refused, revoked or closed. */
    readonly active: boolean;
    /** Called when the router revokes this registration, or refuses it at a reconnect; it is not tried again. */
    onerror: ((error: WampError) => void) | null;
    /** Resolves when the router knows, or at once when there is nothing to tell it. May be called twice. */
    unregister(): Promise<void>;
}

/** WAMP's PUBLISH.Options, under their own names. */
export interface PublishOptions {
    acknowledge?: boolean;
    /** Whether this page's own subscriptions are left out. Default: true. */
    exclude_me?: boolean;
    /** Asks the router to tell the receivers who published. */
    disclose_me?: boolean;
    /** Keeps this event for those who subscribe later and ask for it, in place of the one before. Default: false. */
    retain?: boolean;
    /** Sessions that do not get it. */
    exclude?: number[];
    exclude_authid?: string[];
    exclude_authrole?: string[];
    /** Sessions that alone may get it; an empty list is nobody. */
    eligible?: number[];
    eligible_authid?: string[];
    eligible_authrole?: string[];
    [option: string]: unknown;
}

/** An error answer of the router, or a `carillon.error.*` of this client. */
export class WampError extends Error {
    constructor(uri: string, message: string, content?: { args?: any[]; kwargs?: object; details?: object });
    /** Says which error it is, such as `wamp.error.not_authorized`. */
    readonly uri: string;
    readonly args: readonly any[];
    readonly kwargs: Readonly<Record<string, any>>;
    readonly details: Readonly<Record<string, any>>;
}

/** Thrown by a `ticket` function when nobody is logged in. */
export class LoginRequired extends Error {
    constructor(message?: string);
}
