package dev.carillon.dealer;

import dev.carillon.protocol.Call;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Uri;
import dev.carillon.session.Session;
import org.jspecify.annotations.Nullable;

/** A call that has not been answered yet, and whose caller still waits. Guarded by the realm's turn. */
final class PendingCall {

    private static final Dict MORE_TO_COME = Dict.of("progress", true);

    final Session caller;
    final RequestId request;
    final Uri procedure;
    final CallOptions options;
    final Session callee;
    final RequestId invocation;
    private final RegistrationId registration;
    private final Dict details; // of each of its INVOCATIONs, but for whether more are to come

    boolean mayContinue; // the caller has said that more invocations follow
    boolean interrupted;
    int alarms; // how many have been set

    @Nullable
    Runnable forgetAlarm; // null if none is set

    PendingCall(
            Session caller,
            Call call,
            CallOptions options,
            Session callee,
            RequestId invocation,
            RegistrationId registration,
            Dict details) {
        this.caller = caller;
        this.request = call.request();
        this.procedure = call.procedure();
        this.options = options;
        this.callee = callee;
        this.invocation = invocation;
        this.registration = registration;
        this.details = details;
        this.mayContinue = options.progress();
    }

    /** Whether the callee was told that the caller takes progressive results. */
    boolean isProgressWelcome() {
        return details.has(InvocationDetails.RECEIVE_PROGRESS);
    }

    /** Whether the callee was told how long the call may take. */
    boolean isTimedByCallee() {
        return details.has(InvocationDetails.TIMEOUT);
    }

    void forgetAlarm() {
        if (forgetAlarm != null) {
            forgetAlarm.run();
            forgetAlarm = null;
        }
    }

    Invocation invocation(Payload payload, boolean moreToCome) {
        return new Invocation(invocation, registration, moreToCome ? details.and(MORE_TO_COME) : details, payload);
    }

    Error error(Uri error, String sentence) {
        return error(Dict.EMPTY, error, Payload.of(sentence));
    }

    Error error(Dict errorDetails, Uri error, Payload payload) {
        return new Error(MessageCode.CALL, request, errorDetails, error, payload);
    }
}
