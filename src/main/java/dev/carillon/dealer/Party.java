package dev.carillon.dealer;

import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Uri;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the dealer knows of the calls of one session, as a callee and as a caller. Guarded by the realm's turn. */
final class Party {

    /** How many calls that are over are remembered one by one. */
    static final int MEMORY = 1000;

    /** Invocations whose answers callers wait for. */
    final Map<RequestId, PendingCall> invocations = new LinkedHashMap<>(0);
    /** Calls of this session, by its own request ids. */
    final Map<RequestId, PendingCall> calls = new HashMap<>(0);

    /** Invocations that nobody waits for any more and that this session has not answered. */
    private final Set<RequestId> abandoned = new LinkedHashSet<>(0);
    /** Up to this one, an answer to none is taken for a late one: more were abandoned than are remembered. */
    private long forgiven;
    /** Procedures of progressive calls that ended before their last CALL; their caller may not know yet. */
    private final Map<RequestId, Uri> ended = new LinkedHashMap<>(0);

    private long lastInvocation;

    /** Basic Profile, "IDs", session scope: the router's requests to a peer count from 1. */
    RequestId nextInvocation() {
        return new RequestId(++lastInvocation);
    }

    /** An honest callee may answer that late or, if it was interrupted, never. */
    void abandon(RequestId invocation) {
        invocations.remove(invocation);
        abandoned.add(invocation);
        if (abandoned.size() > MEMORY) {
            forgiven = Math.max(forgiven, removeEldest(abandoned).value());
        }
    }

    /**
     * Whether this answer comes too late.
     *
     * @param isLast whether there will be no further one
     */
    boolean isLate(RequestId invocation, boolean isLast) {
        boolean isAbandoned = isLast ? abandoned.remove(invocation) : abandoned.contains(invocation);
        return isAbandoned || invocation.value() <= forgiven;
    }

    /** Remembers a call whose caller was going to go on. */
    void end(PendingCall progressive) {
        end(progressive.request, progressive.procedure);
    }

    void end(RequestId call, Uri procedure) {
        ended.put(call, procedure);
        if (ended.size() > MEMORY) {
            removeEldest(ended.keySet());
        }
    }

    /** A new call takes up the id: what comes with it now is not of the old one. */
    void begin(PendingCall call) {
        ended.remove(call.request);
        calls.put(call.request, call);
    }

    /** Whether a CALL of this id and procedure belongs to a progressive call that is over. */
    boolean hasEnded(RequestId call, Uri procedure) {
        return procedure.equals(ended.get(call));
    }

    /** The caller has sent the last CALL of a call that is over. */
    void forgetEnded(RequestId call) {
        ended.remove(call);
    }

    private static RequestId removeEldest(Set<RequestId> ids) {
        Iterator<RequestId> eldest = ids.iterator();
        RequestId id = eldest.next();
        eldest.remove();
        return id;
    }
}
