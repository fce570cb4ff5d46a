/** Types of `carillon-flash.js`: messages that appear above a page. Served beside it. */

/**
 * Shows a message, or changes the one that is shown under the same key: what is not named then stays as it was.
 *
 * @throws TypeError when the text is no string, the level is unknown, or an action has not exactly one of `href` and `run`
 */
export function flash(options: FlashOptions): Flash;

export interface FlashOptions {
    /** What is said, as text: markup in it is shown, not obeyed. */
    text: string;

    /** There is one message of a key at a time. Default: a key that nobody else has. */
    key?: unknown;

    /** What the user can do about it. Null takes it away from a message that is shown. */
    action?: FlashAction | null;

    /** How it looks, and for `error` also that screen readers do not wait. Default: `info`. */
    level?: 'info' | 'warning' | 'error';

    /**
     * Whether it stays until somebody closes it. Else it goes after 8 seconds in which neither the pointer nor the keyboard
     * was on it. Default: whether there is an action.
     */
    sticky?: boolean;

    /** Whether screen readers are not told of this change: for what counts down. It counts for this call. Default: false. */
    quiet?: boolean;

    /** Called when it is closed: by the user (also by the action), after its time, or by {@link Flash.close}. */
    onclose?: (by: 'user' | 'time' | 'page') => void;
}

/** A link, or a button that closes the message and calls a function. */
export type FlashAction = { label: string; href: string; run?: undefined } | { label: string; run: () => void; href?: undefined };

/** A message. */
export interface Flash {
    /** False once it is closed. */
    readonly open: boolean;

    /** Changes what is named; not the key. No effect once it is closed. */
    update(changes: Partial<Omit<FlashOptions, 'key'>>): void;

    /** Calling it twice does no harm. */
    close(): void;
}

/** The messages of one document, for tests and for pages with several documents. */
export class Flashes {
    constructor(environment?: {
        document?: Document;
        setTimeout?: (task: () => void, delay: number) => unknown;
        clearTimeout?: (timer: any) => void;
    });

    /** As {@link flash} does. */
    show(options: FlashOptions): Flash;
}
