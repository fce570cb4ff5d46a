package dev.carillon.client;

import dev.carillon.protocol.Dict;
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

    /** @param details what the router says of the call, such as its caller, if it does */
    record ReceivedCall(String procedure, Dict details, Received arguments) {}
}
