package dev.carillon.broker;

import dev.carillon.broker.Subscription.Membership;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.session.Droppable;
import dev.carillon.session.Outbound;
import dev.carillon.session.OutboxPolicy;
import dev.carillon.session.SharedPayload;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The EVENT of a publication to one subscription, made when the first member needs it, once for all who hear the same. */
final class EventVariants {

    private final Publication publication;
    private final Event event;
    private final SharedPayload payload;
    private final @Nullable Supplier<String> position;
    private final boolean marksGaps;

    private @Nullable Outbound plain;
    private @Nullable Outbound marked; // for those who understand where a gap is told
    private @Nullable Outbound positioned;

    /** @param position says where in its history the event stands; null if it is in none */
    EventVariants(Publication publication, Event event, SharedPayload payload, @Nullable Supplier<String> position) {
        this.publication = publication;
        this.event = event;
        this.payload = payload;
        this.position = position;
        this.marksGaps = publication.whenFull() == OutboxPolicy.DROP_NEWEST;
    }

    Outbound of(Membership member) {
        if (position != null && member.positions()) {
            positioned =
                    positioned != null ? positioned : outbound(event.with(Dict.of("_position", position.get())), true);
            return positioned;
        }
        if (marksGaps && member.markers()) {
            marked = marked != null ? marked : outbound(event, true);
            return marked;
        }
        plain = plain != null ? plain : outbound(event, false);
        return plain;
    }

    private Outbound outbound(Event said, boolean marks) {
        OutboxPolicy whenFull = publication.whenFull();
        return new Outbound(
                said,
                payload,
                whenFull == OutboxPolicy.DISCONNECT ? null : new Droppable(whenFull, marks, publication.pattern()));
    }
}
