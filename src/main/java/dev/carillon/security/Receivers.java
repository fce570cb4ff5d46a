package dev.carillon.security;

import dev.carillon.protocol.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who of a topic's subscribers gets a publication. Advanced Profile, "Subscriber Black- and Whitelisting" and "Publisher
 * Exclusion".
 *
 * @param within what a receiver must be in, all of them; empty for everybody
 * @param without what a receiver must not be in; it wins
 * @param publisher the session that is left out because it has published this; null to leave none out
 */
public record Receivers(
        List<Audience> within, Audience without, @Nullable SessionId publisher) {

    public static final Receivers EVERYBODY = new Receivers(List.of(), Audience.NOBODY, null);

    public Receivers {
        if (!within.isEmpty()) {
            within = within.stream().filter(audience -> !audience.everybody()).toList();
        }
    }

    /** Everybody but this session. */
    public static Receivers allBut(SessionId publisher) {
        return new Receivers(List.of(), Audience.NOBODY, publisher);
    }

    public boolean includes(SessionId session, Identity identity) {
        if (session.equals(publisher) || without.includes(session, identity)) {
            return false;
        }
        for (Audience audience : within) {
            if (!audience.includes(session, identity)) {
                return false;
            }
        }
        return true;
    }

    /** What this takes to keep, in bytes: a close estimate. */
    public int size() {
        return without.size() + within.stream().mapToInt(Audience::size).sum();
    }

    /** Whether this is everybody, but perhaps the publisher. */
    public boolean isEverybody() {
        return within.isEmpty() && (without == Audience.NOBODY || without.equals(Audience.NOBODY));
    }

    /** The same, with the publisher. */
    public Receivers ofAnyPublisher() {
        return publisher == null ? this : new Receivers(within, without, null);
    }

    /**
     * Whether this can be said of somebody who comes later. Ids of sessions die with them: what they were to keep from
     * somebody would reach the same user's next session. Advanced Profile, "Event History".
     */
    public boolean lasts() {
        return isEverybody() || without.sessions().isEmpty() && mayMeanOthersLater();
    }

    /** Whether somebody who comes later could have been meant: not if only certain sessions were. */
    public boolean mayMeanOthersLater() {
        return within.stream().noneMatch(Audience::isOfSessionsOnly);
    }
}
