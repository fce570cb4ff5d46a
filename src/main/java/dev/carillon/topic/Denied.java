package dev.carillon.topic;

/** A {@link TopicHandler} refuses. The peer is told the reason: a plain sentence, nothing internal. */
public final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Denied(String reason) {
        super(reason);
    }
}
