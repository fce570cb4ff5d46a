/** Types of `carillon-maintenance.js`: a page whose application is closed for some time. Served beside it. */
import type { Carillon, WampError } from './carillon.js';

/**
 * While maintenance is announced a message counts down; while the application is closed a dialog covers the page, which
 * the user cannot close; when it is over the dialog goes, and the page is loaded again after some seconds, unless the user
 * has entered something: then a message offers it.
 *
 * A page of somebody who is not logged in needs a connection that is `anonymous`, in a realm that admits visitors.
 *
 * @throws TypeError when there is no connection
 */
export function followMaintenance(options: MaintenanceOptions): Following;

export interface MaintenanceOptions {
    carillon: Pick<Carillon, 'subscribe' | 'state' | 'addEventListener' | 'removeEventListener'>;

    /** Whether this user gets in all the same: then the page is not covered, and a message says so. Default: false. */
    passes?: boolean;

    /** Whether the page is loaded again by itself, or the user is asked. Default: `auto`. */
    reload?: 'auto' | 'offer';

    /** Whether there is something that must not be lost, besides fields of forms that were changed. */
    unsaved?: () => boolean;

    /** Called when the application is announced to be closed, is closed, or is open again. */
    onChange?: (status: MaintenanceStatus) => void;

    /** Called when the router refuses. Default: the console. */
    onError?: (error: WampError) => void;

    /** Other words. `{when}` is as in "in 5 minutes", `{time}` as in "12:30". */
    texts?: Partial<MaintenanceTexts>;

    /** For tests: what would otherwise be the browser's. */
    environment?: object;
}

/** Times are in ISO 8601, null where there is none. */
export interface MaintenanceStatus {
    readonly state: 'open' | 'announced' | 'closed';
    readonly message?: string;
    readonly since?: string | null;
    readonly start?: string | null;
    readonly end?: string | null;
}

export interface MaintenanceTexts {
    announced: string;
    /** In the place of `{when}`, when the time has come. */
    moment: string;
    calledOff: string;
    title: string;
    end: string;
    /** The planned end is over. */
    longer: string;
    hint: string;
    over: string;
    /** It is over, and the user has entered something. */
    unsaved: string;
    reload: string;
    /** For those who get in. */
    passing: string;
}

export interface Following {
    readonly active: boolean;
    /** How things stand, as far as this page knows. */
    readonly status: MaintenanceStatus;
    /** The page does as if nothing was. Calling it twice does no harm. */
    stop(): Promise<void>;
}
