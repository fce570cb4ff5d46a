/** Types of `carillon-here.js`: who else views or edits the record that a page shows. Served beside it. */
import type { Carillon, WampError } from './carillon.js';

/**
 * Says that the user of this page views or edits a record, until {@link Stay.stop} or the page is left, and hears who else
 * does. Somebody whose browser or network dies is gone some seconds later.
 *
 * @param record what `ContentTags.record` says: `Order/17`
 * @throws TypeError when the record or the mode is none, or there is no connection
 */
export function here(record: string, options: HereOptions): Stay;

export interface HereOptions {
    carillon: Pick<Carillon, 'subscribe' | 'presence' | 'user'>;

    /** What the others are told of this user. Default: `viewing`. */
    mode?: Mode;

    /** Called with the others whenever they have changed; each once, however many tabs he has. */
    onChange?: (others: Other[]) => void;

    /**
     * Is filled with "bob is editing this order", and empty while there is nothing to say. Give it `role="status"`, so that
     * screen readers tell.
     */
    element?: HTMLElement | null;

    /** Called when the router refuses. Default: the console. */
    onError?: (error: WampError) => void;

    /** What the text calls the record. Default: "this order". */
    label?: string;

    /** Other words. `{who}` stands for users, `{what}` for the label. */
    texts?: Partial<HereTexts>;
}

export type Mode = 'viewing' | 'editing';

/** Somebody else. Who does both, in several tabs, is editing. */
export interface Other {
    readonly user: string;
    readonly mode: Mode;
}

export interface HereTexts {
    editing: string;
    editingMany: string;
    viewing: string;
    viewingMany: string;
}

export interface Stay {
    readonly active: boolean;
    readonly mode: Mode;
    /** Resolves when the router has answered, as long as that may take. */
    readonly ready: Promise<void>;
    /** Says the other from now on. */
    become(mode: Mode): void;
    /** Fills another element from now on. */
    showIn(element: HTMLElement | null): void;
    /** Calling it twice does no harm. */
    stop(): Promise<void>;
}
