package dev.carillon.notification;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an application fires as a CDI event when a user may do less than before. After the commit, topic handlers and
 * dynamic authorizers are asked again about every subscription and registration of the user's sessions, and what they
 * refuse is taken away at once: {@link dev.carillon.topic.TopicHandler#onSubscribe} is called as for a new subscription.
 *
 * <p>The roles of a session are those of the login; a handler that is to notice the change must look where the
 * application keeps its rights. Advanced Profile, "Subscription Revocation".
 */
public final class RightsChanged {

    private final @Nullable String user;
    private final BusinessTransaction madeIn = BusinessTransaction.current();

    private RightsChanged(@Nullable String user) {
        this.user = user;
    }

    /** @param user the name, as the container knows it */
    public static RightsChanged of(String user) {
        return new RightsChanged(user);
    }

    public static RightsChanged ofEverybody() {
        return new RightsChanged(null);
    }

    /** Whose they are; empty if everybody's. */
    Optional<String> user() {
        return Optional.ofNullable(user);
    }

    boolean isAbout(String name) {
        return user == null || user.equals(name);
    }

    /** The transaction that was current when this was made. */
    BusinessTransaction madeIn() {
        return madeIn;
    }
}
