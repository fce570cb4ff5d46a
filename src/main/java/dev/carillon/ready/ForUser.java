package dev.carillon.ready;

import dev.carillon.notification.Notification;

/**
 * Something that one user should know. Fire it as a CDI event; it counts as a {@link Notification} does: after the commit of
 * the transaction in which it was made, and never after a rollback. Its payload is mapped when it is made.
 */
public abstract sealed class ForUser permits JobFinished, MailCount, Reminders {

    private final Notification notification;

    /** @param retained whether pages that come later are told too, if they ask for it */
    ForUser(String user, String name, Object payload, boolean retained) {
        Notification told = Notification.to(UserTopic.of(user, name)).with(payload);
        this.notification = retained ? told.retain() : told;
    }

    Notification notification() {
        return notification;
    }
}
