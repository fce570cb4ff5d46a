package dev.carillon.session;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.SubscriptionId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an outbox does without, and where its receiver is told so. Only an outbox that was given {@link Droppable} events
 * has this. Guarded by the outbox's monitor.
 */
final class Losses {

    /** The detail of an EVENT: how many were dropped, or replaced by it, before it. */
    static final String DROPPED = "_dropped";

    private final Map<Place, Latest> latest = new HashMap<>();
    private final Map<SubscriptionId, Gap> gaps = new HashMap<>(0);
    private boolean told;

    /** @param topic of an event to a pattern; null to a topic, which needs no other name */
    private record Place(
            SubscriptionId subscription, @Nullable Object topic) {
        static Place of(Event event) {
            return new Place(event.subscription(), event.details().entries().get("topic"));
        }
    }

    /** The place of an older event of the same topic; null if none waits. */
    @Nullable
    Latest older(Outbound event) {
        return latest.get(Place.of(event.event()));
    }

    /** A place for it that a newer one may take. */
    Latest latest(Outbound event) {
        Place place = Place.of(event.event());
        Latest added = new Latest(event, left -> latest.remove(place, left));
        latest.put(place, added);
        return added;
    }

    /** @return where its receiver is told, if that is to wait in the outbox; null if it waits already, or cannot be told */
    @Nullable
    Gap drop(Outbound outbound, boolean marked) {
        Event event = outbound.event();
        Gap open = gaps.get(event.subscription());
        boolean isNew = open == null;
        if (isNew) {
            open = new Gap(event, left -> gaps.remove(event.subscription(), left));
            gaps.put(event.subscription(), open);
        }
        open.isWider();
        return isNew && marked ? open : null;
    }

    /** An event that has room: it ends a gap, and says so to those who are told in no other way. */
    Outbound behindGap(Outbound outbound, boolean marked) {
        Gap ended = gaps.isEmpty() ? null : gaps.remove(outbound.event().subscription());
        return ended == null || marked ? outbound : outbound.saying(Dict.of(DROPPED, ended.dropped()));
    }

    /**
     * A subscription begins, again perhaps, or ends: what comes from now on stays behind what says so, and what was before
     * does not matter to it.
     */
    void startAnew(SubscriptionId subscription) {
        latest.keySet().removeIf(place -> place.subscription().equals(subscription));
        gaps.remove(subscription);
    }

    /** Whether this is the first loss of an outage, which ends when nothing waits any more. */
    boolean isNews() {
        boolean isNews = !told;
        told = true;
        return isNews;
    }

    void nothingWaits() {
        told = false;
    }
}
