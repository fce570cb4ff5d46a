/** Types of `carillon-content.js`: a page learns that what it shows was changed. Served beside it. */
import type { Carillon, WampError } from './carillon.js';

/**
 * Watches over what this page shows, until {@link Tracking.stop}. By default a message says what was changed, and by whom;
 * it grows with further changes. The page that has made a change is not told of it, nor is the one that follows on it in
 * the same tab.
 *
 * @throws TypeError when there is no connection
 */
export function trackContent(options: ContentOptions): Tracking;

/** Headers for requests of this page other than forms, so that it is not told of what they change. */
export function pageHeaders(): Record<string, string>;

export interface ContentOptions {
    carillon: Pick<Carillon, 'subscribe' | 'sessionId' | 'user'>;

    /** What `ContentTags.of` says: tags separated by spaces, or a list of them. */
    tags: string | Iterable<string>;

    /** What `ContentTags.position` said before the data was read: what was changed since then is told at once. */
    after?: string | null;

    /** What messages call it. Default: `Order 17`, or "this list". */
    label?: string;

    /** Whether the user is told of his own changes in other tabs. Default: true. */
    own?: boolean;

    /** Called with each change instead of the message. */
    onChange?: (change: ContentChange) => void;

    /** Called instead of the message when it cannot be known what was changed. */
    onGap?: () => void;

    /** Called when the router refuses to tell this user. Default: the console. */
    onError?: (error: WampError) => void;

    /** What "Reload" does, for the whole page. Default: it loads the page again, by GET. */
    onReload?: () => void;

    /** Other words, for the whole page. */
    texts?: Partial<ContentTexts>;
}

export interface ContentChange {
    readonly tag: string;
    readonly label: string;
    /** The name of the user, null if nobody knows. */
    readonly by: string | null;
    /** Whether it was the user of this page, in another tab. */
    readonly byYou: boolean;
    readonly removed: boolean;
}

/** `{what}` stands for labels, `{who}` for users, `{count}` for a number. A `{what}` at the beginning gets a capital letter. */
export interface ContentTexts {
    changed: string;
    changedMany: string;
    changedByYou: string;
    removed: string;
    removedMany: string;
    removedByYou: string;
    mayBeOutdated: string;
    reload: string;
    /** Who changed it, if nobody knows. */
    somebody: string;
    /** The label of all of a type. */
    list: string;
    more: string;
}

export interface Tracking {
    readonly active: boolean;
    /** Resolves when the router has answered about all tags, as long as that may take. */
    readonly ready: Promise<void>;
    /** Calling it twice does no harm. */
    stop(): Promise<void>;
}

/** All that one page tracks, for tests. */
export class Contents {
    constructor(
        page: { id: string; shows(page: string | undefined): boolean },
        environment?: {
            flash?: (options: object) => { close(): void };
            report?: (error: Error) => void;
            document?: Document | null;
        },
    );
    readonly page: { id: string };
    track(options: ContentOptions): Tracking;
}
