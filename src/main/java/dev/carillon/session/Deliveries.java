package dev.carillon.session;

import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Messages and their receivers, in the order in which they go out: what a broker or dealer answers with. */
public final class Deliveries {

    private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

    private final List<Session> receivers = new ArrayList<>();
    private final List<Outbound> outbounds = new ArrayList<>(); // the n-th is for the n-th receiver
    private final List<Runnable> tasks = new ArrayList<>(0);

    public Deliveries add(Session receiver, Message message) {
        return add(receiver, new Outbound(message));
    }

    /** The same {@code outbound} may be for many receivers. */
    public Deliveries add(Session receiver, Outbound outbound) {
        receivers.add(receiver);
        outbounds.add(outbound);
        return this;
    }

    /** What is to be done when the turn is over: application code, as a rule, which must not run within one. */
    public Deliveries afterwards(Runnable task) {
        tasks.add(task);
        return this;
    }

    /** Runs all of them, also behind one that fails. */
    public void runTasks() {
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException failure) {
                LOG.log(ERROR, "CAR-304 the application could not be told of what has happened to a session", failure);
            }
        }
    }

    /** Behind these, those. */
    public Deliveries addAll(Deliveries others) {
        receivers.addAll(others.receivers);
        outbounds.addAll(others.outbounds);
        tasks.addAll(others.tasks);
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
