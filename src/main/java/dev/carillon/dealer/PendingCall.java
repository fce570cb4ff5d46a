package dev.carillon.dealer;

import dev.carillon.protocol.RequestId;
import dev.carillon.session.Session;

/**
 * A call that its callee has not answered yet. Guarded by the realm's turn.
 *
 * <p>It outlives its caller: only the callee's answer, which nobody will hear, or the callee's end removes it. An answer
 * to an invocation that is not pending is a violation, and an honest callee must not be taken for a violator.
 */
final class PendingCall {

    final Session caller;
    final RequestId request;
    final Session callee;
    final RequestId invocation;
    boolean orphaned; // the caller has left

    PendingCall(Session caller, RequestId request, Session callee, RequestId invocation) {
        this.caller = caller;
        this.request = request;
        this.callee = callee;
        this.invocation = invocation;
    }
}
