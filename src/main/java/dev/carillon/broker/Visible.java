package dev.carillon.broker;

import dev.carillon.history.StoredEvent;
import dev.carillon.protocol.Uri;
import dev.carillon.session.Session;
import java.util.HashMap;
import java.util.Map;

/** Which stored events a subscriber may see: those that it would have been sent. */
final class Visible {

    private final Subscription subscription;
    private final Session reader;
    private final TopicHooks hooks;
    private final boolean undeclared;
    private final Map<Uri, Boolean> declared = new HashMap<>(); // as far as asked

    Visible(Subscription subscription, Session reader, TopicHooks hooks) {
        this.subscription = subscription;
        this.reader = reader;
        this.hooks = hooks;
        this.undeclared = subscription.members.get(reader).undeclared();
    }

    boolean includes(StoredEvent event) {
        return subscription.pattern.matches(event.topic())
                && event.receivers().includes(reader.id(), reader.identity())
                && (!event.details().has("ppt_scheme") || Subscription.understandsPassthru(reader))
                && (undeclared || declared.computeIfAbsent(event.topic(), hooks::declares));
    }
}
