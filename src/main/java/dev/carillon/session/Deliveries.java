package dev.carillon.session;

import dev.carillon.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Messages and their receivers, in the order in which they go out: what a broker or dealer answers with. */
public final class Deliveries {

    private final List<Session> receivers = new ArrayList<>();
    private final List<Outbound> outbounds = new ArrayList<>(); // the n-th is for the n-th receiver

    public Deliveries add(Session receiver, Message message) {
        return add(receiver, new Outbound(message));
    }

    /** The same {@code outbound} may be for many receivers. */
    public Deliveries add(Session receiver, Outbound outbound) {
        receivers.add(receiver);
        outbounds.add(outbound);
        return this;
    }

    /** Behind these, those. */
    public Deliveries addAll(Deliveries others) {
        receivers.addAll(others.receivers);
        outbounds.addAll(others.outbounds);
        return this;
    }

    public int size() {
        return receivers.size();
    }

    public void forEach(BiConsumer<Session, Outbound> action) {
        for (int i = 0; i < receivers.size(); i++) {
            action.accept(receivers.get(i), outbounds.get(i));
        }
    }
}
