package dev.carillon.remote;

import dev.carillon.client.WampSession;
import java.util.Optional;

/** A listener that goes on when the client connects again. */
public interface RemoteSubscription extends WampSession.Subscription {

    /**
     * Up to here everything was heard: a later {@link SubscribeOptions#after} goes on there, in another process, too. Empty
     * as long as that is not known, and for topics without a history.
     */
    Optional<String> position();
}
