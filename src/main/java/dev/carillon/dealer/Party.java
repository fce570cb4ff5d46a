package dev.carillon.dealer;

import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the dealer knows of one session, as a callee and as a caller. Guarded by the realm's turn. */
final class Party {

    final Map<RegistrationId, Registration> registrations = new LinkedHashMap<>(0);
    /** Invocations that this session has to answer. */
    final Map<RequestId, PendingCall> invocations = new LinkedHashMap<>(0);
    /** Calls of this session, by its own request ids. */
    final Map<RequestId, PendingCall> calls = new HashMap<>(0);

    private long lastInvocation;

    /** Basic Profile, "IDs", session scope: the router's requests to a peer count from 1. */
    RequestId nextInvocation() {
        return new RequestId(++lastInvocation);
    }
}
