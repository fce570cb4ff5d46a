package dev.carillon.presence;

import dev.carillon.protocol.Uri;
import dev.carillon.router.Router;
import java.util.Set;

/**
 * Who subscribes to a topic, by user and not by tab. Inject it; pages subscribe to {@code carillon.presence.TOPIC}.
 *
 * <p>A user who has left, or whose connection was lost, is there for {@code carillon.presence.grace} longer as long as
 * pages watch the topic. Visitors, back-ends and the application itself are nobody.
 */
public class Presence {

    private final Router router;
    private final String realm; // where none is named

    /** For {@code wiring}; applications have one injected. */
    public Presence(Router router, String realm) {
        this.router = router;
        this.realm = realm;
    }

    /** For the client proxy only. */
    protected Presence() {
        this(null, null);
    }

    /** The names of the users, sorted. @param topic of the default realm, such as {@code orders/17} */
    public Set<String> users(String topic) {
        return users(realm, topic);
    }

    /**
     * The names of the users, sorted.
     *
     * @throws dev.carillon.protocol.WampError {@code wamp.error.no_such_realm}
     */
    public Set<String> users(String realm, String topic) {
        return router.users(realm, new Uri(topic));
    }
}
