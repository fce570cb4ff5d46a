package dev.carillon.session;

import dev.carillon.protocol.Dict;
import java.util.function.Consumer;

/** The place of a topic's latest event, which a newer one may take as long as it waits. Guarded by the outbox's monitor. */
final class Latest implements Waiting {

    private final Consumer<Latest> whenLeft;
    private Outbound event;
    private long replaced;

    /** @param whenLeft forgets this place: what comes then needs another */
    Latest(Outbound event, Consumer<Latest> whenLeft) {
        this.event = event;
        this.whenLeft = whenLeft;
    }

    void replace(Outbound newer) {
        event = newer;
        replaced++;
    }

    @Override
    public int size() {
        return event.size();
    }

    @Override
    public Outbound leave() {
        whenLeft.accept(this);
        return replaced == 0 ? event : event.saying(Dict.of(Losses.DROPPED, replaced));
    }
}
