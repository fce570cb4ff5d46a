package dev.carillon.realm;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.metrics.RealmMetrics;
import dev.carillon.session.Droppable;
import dev.carillon.session.Outbound;
import dev.carillon.session.OutboxPolicy;
import dev.carillon.session.Session;

/** Counts what sessions do without because they read too slowly, and says so. Called behind turns. */
final class SlowReaders {

    private static final System.Logger LOG = System.getLogger(SlowReaders.class.getName());

    private final RealmMetrics counters;

    SlowReaders(RealmMetrics counters) {
        this.counters = counters;
    }

    /** @param event the one that was dropped, or has replaced another */
    void without(Session session, Outbound event) {
        Droppable droppable = event.droppable();
        if (droppable == null) {
            return;
        }
        counters.topics(droppable.topics()).dropped.increment();
        if (session.outbox().isNewsOfLoss()) {
            LOG.log(
                    droppable.whenFull() == OutboxPolicy.KEEP_LATEST ? DEBUG : WARNING,
                    "CAR-206 session {0} of {1} reads too slowly: events of {2} are left out ({3}), as their topics allow."
                            + " Told once until it has read everything; all are counted",
                    session.id(),
                    session.identity().authid(),
                    droppable.topics(),
                    droppable.whenFull());
        }
    }
}
