/** Types of `carillon-ready.js`: topics that are declared already. Served beside it. */
import type { Carillon, SubscribeOptions, Subscription, TopicEvent } from './carillon.js';

/** What these need of a connection. */
export type Connected = Pick<Carillon, 'subscribe' | 'user' | 'addEventListener'>;

/** The name of a topic of one user, as `UserTopic.of` says it. */
export function userTopic(user: string, name: string): string;

/**
 * Subscribes to a topic of this page's user, as soon as the router says who that is.
 *
 * @param name such as `mail`
 */
export function ofUser<P = any>(
    carillon: Connected,
    name: string,
    callback: (event: TopicEvent<P>) => void,
    options?: SubscribeOptions,
): Promise<Subscription>;

/** Says when work is done that this user has started: `JobFinished`. */
export function showJobs(options: ReadyOptions): Promise<Subscription>;

/** Says that this user's rights have changed: `RightsChanged`. */
export function showRights(options: ReadyOptions & {
    /** Called instead of the message. */
    onChange?: () => void;
}): Promise<Subscription[]>;

/** Shows what this user is to be reminded of: `Reminders`. Each once, until it is dismissed or not due any more. */
export function showReminders(options: ReadyOptions & {
    /** Called with the id when the user has dismissed one: the application stops to tell it. */
    onDismiss?: (id: string) => void;
}): Promise<Subscription>;

export interface ReadyOptions extends SubscribeOptions {
    carillon: Connected;

    /** Other words. `{what}` stands for a label. */
    texts?: Partial<ReadyTexts>;

    /** For tests: instead of `flash` of `carillon-flash.js`. */
    show?: (message: any) => any;
}

export interface ReadyTexts {
    succeeded: string;
    failed: string;
    /** The link to a job's result. */
    result: string;
    rights: string;
    reload: string;
    /** The link of a reminder. */
    open: string;
}
