package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.client.Received;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A session with a router, as commands need it. Futures fail as those of {@link dev.carillon.client.WampSession} do. */
interface Router extends AutoCloseable {

    /** The name of the realm, and the id of the session in it. */
    String realm();

    long session();

    /** @return the id of the publication */
    CompletableFuture<Long> publish(String topic, boolean retained, Arguments arguments);

    CompletableFuture<Received> call(String procedure, Arguments arguments);

    /** @return completes when the router has accepted it */
    CompletableFuture<?> subscribe(Interest interest, Tail tail);

    /** Says goodbye. */
    @Override
    void close();

    /**
     * What is to be heard.
     *
     * @param match {@code exact}, {@code prefix} or {@code wildcard}
     * @param retained whether what is retained, too
     * @param after the position in a history behind which everything is wanted; null: from now on
     */
    record Interest(
            String topic,
            String match,
            boolean retained,
            @Nullable String after) {}

    /** One event. @param position where it stands in its topic's history, if it has one and that was asked for */
    record Heard(String topic, long publication, Optional<String> position, boolean isReplayed, Received arguments) {}

    /** Hears what becomes of a subscription, one thing after the other. */
    interface Tail {

        void heard(Heard event);

        /** Something was missed that is not there any more. */
        void gap();

        /** The connection is lost; another attempt follows by itself. @param why in words */
        void lost(String why);

        /** There is a connection again. */
        void back();

        /** The router has ended the subscription for good. @param why in words */
        void ended(String why);
    }
}
