package dev.carillon.session;

import dev.carillon.serializer.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries frames to one peer, in order. */
public interface Transport {

    /**
     * Sends frames without waiting. There is one call at a time: the next one comes when the last has returned and its
     * {@code whenDone} was told, in whichever order.
     *
     * @param frames at least one
     * @param whenDone told once, by any thread, perhaps before this method returns
     */
    void send(List<Frame> frames, Completion whenDone);

    /** Ends the connection; a second call does nothing. */
    void close(CloseReason reason);

    /** Told when all frames of a batch have left, or that they never will. */
    @FunctionalInterface
    interface Completion {
        void done(@Nullable Throwable failure);
    }
}
