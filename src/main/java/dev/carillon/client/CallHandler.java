package dev.carillon.client;

import dev.carillon.protocol.Dict;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Serves a procedure. Calls may come at the same time, each on a thread of its own, in no particular order. */
@FunctionalInterface
public interface CallHandler {

    /**
     * @return the result: any object, for one positional argument; {@link Arguments}, for what they say; a
     *     {@link java.util.concurrent.CompletionStage}, for what that will bring, without a thread that waits
     * @throws ApplicationError to answer with that error. Anything else is logged, and the caller hears that the procedure
     *     failed.
     */
    @Nullable
    Object called(ReceivedCall call) throws Exception;

    /**
     * Whether the thread is interrupted when the caller cancels the call, leaves, or its time is over. It may wait within
     * a driver that takes that badly, so this is for the handler to say. A call that has not begun by then never will.
     */
    default boolean isInterruptible() {
        return false;
    }

    /**
     * @param details what the router says of the call, such as its caller, if it does
     * @param progress takes parts of the result before the result; they are sent if the caller asked for that
     *     and has no answer yet; it may be called by any thread at any time
     */
    record ReceivedCall(String procedure, Dict details, Received arguments, Consumer<Arguments> progress) {}
}
