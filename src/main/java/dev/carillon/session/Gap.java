package dev.carillon.session;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What was dropped of one subscription since its last event, and the place where its receiver is told so: an event without
 * payload, as a replay begins with. Guarded by the outbox's monitor.
 */
final class Gap implements Waiting {

    private static final int SIZE = 128; // an estimate, brackets, ids and position

    private final Event first;
    private final Consumer<Gap> whenLeft;
    private long dropped;

    /** @param whenLeft forgets this gap: what is dropped then is another */
    Gap(Event first, Consumer<Gap> whenLeft) {
        this.first = first;
        this.whenLeft = whenLeft;
    }

    void isWider() {
        dropped++;
    }

    long dropped() {
        return dropped;
    }

    @Override
    public int size() {
        return SIZE;
    }

    /** Its position is that of the first event that is missing: what follows it can still be asked for. */
    @Override
    public Outbound leave() {
        whenLeft.accept(this);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("_gap", true);
        Object position = first.details().entries().get("_position");
        if (position != null) {
            details.put("_position", position);
        }
        details.put(Losses.DROPPED, dropped);
        return new Outbound(new Event(first.subscription(), first.publication(), new Dict(details), Payload.NONE));
    }
}
