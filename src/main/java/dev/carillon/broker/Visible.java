package dev.carillon.broker;

import dev.carillon.history.StoredEvent;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Uri;
import dev.carillon.session.Session;
import java.util.HashMap;
import java.util.Map;

/** Which stored events a subscriber may see: those that it would have been sent, or has published itself. */
final class Visible {

    private final UriPattern pattern;
    private final Session reader;
    private final boolean undeclared;
    private final TopicHooks hooks;
    private final Map<Uri, Boolean> declared = new HashMap<>(); // as far as asked

    /** @param undeclared whether the reader may see topics that the application has not declared */
    Visible(UriPattern pattern, Session reader, boolean undeclared, TopicHooks hooks) {
        this.pattern = pattern;
        this.reader = reader;
        this.undeclared = undeclared;
        this.hooks = hooks;
    }

    boolean includes(StoredEvent event) {
        return !event.isWithheld() && wasFor(event);
    }

    /** Whether the reader misses an event that it might have been sent, and cannot be sent any more. */
    boolean lacks(StoredEvent event) {
        return event.isWithheld() && wasFor(event);
    }

    private boolean wasFor(StoredEvent event) {
        return pattern.matches(event.topic())
                && event.receivers().ofAnyPublisher().includes(reader.id(), reader.identity())
                && (!event.details().has("ppt_scheme") || Subscription.understandsPassthru(reader))
                && (undeclared || declared.computeIfAbsent(event.topic(), hooks::declares));
    }
}
