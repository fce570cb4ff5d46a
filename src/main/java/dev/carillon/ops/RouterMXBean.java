package dev.carillon.ops;

import java.util.Map;

/** A router in JMX: {@code dev.carillon:type=Router,context="/shop"} is that of the application at {@code /shop}. */
public interface RouterMXBean {

    /** Whether peers are let in; false while it is drained. */
    boolean isAdmitting();

    /** WebSocket connections that are open now. */
    int getConnections();

    /** Sessions that are established now, those of the application itself included. */
    long getSessions();

    /** All figures, by name and labels as in <code>carillon.events{realm=carillon, topic=orders/{id}}</code>. */
    Map<String, Double> getFigures();

    /** Sends all peers elsewhere; returns when they have gone. {@link Drain#begin} */
    void drain();

    /** Lets peers in again. */
    void resume();
}
