package dev.carillon.ready;

/**
 * How many messages a user has not read: <code>{unread}</code> to the user's topic {@code mail}, retained, so that a page that
 * is opened later knows it too.
 */
public final class MailCount extends ForUser {

    public MailCount(String user, long unread) {
        super(user, "mail", new Told(unread), true);
    }

    /** For JSON-B. */
    public record Told(long unread) {}
}
