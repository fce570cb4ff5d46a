package dev.carillon.session;

import dev.carillon.protocol.Authenticate;
import dev.carillon.protocol.Hello;
import dev.carillon.security.Authenticator;
import java.util.function.Function;

/**
 * Where a session stands. Basic Profile, "Session Lifecycle".
 *
 * <pre>
 * Establishing ── HELLO, admitted ──────────────► Established ── router's GOODBYE ──► ShuttingDown
 *      │                                            ▲   │                                  │
 *      └─ HELLO, challenged ──► Challenging ────────┘   │ peer's GOODBYE, ABORT,           │ peer's GOODBYE
 *                                  (AUTHENTICATE)       │ violation, loss                  │ or loss
 *      any state ── ABORT, violation, loss ──────► Closed ◄────────────────────────────────┘
 * </pre>
 *
 * A session in any state but Established has little time; the transport's housekeeping ends it.
 */
public sealed interface SessionState {

    /** Connected; nothing has been said. */
    record Establishing() implements SessionState {}

    /** CHALLENGE is sent; AUTHENTICATE goes to {@code answer}. */
    record Challenging(Hello hello, Function<Authenticate, Authenticator.Outcome> answer) implements SessionState {}

    /** WELCOME is sent; messages go to the receiver, which is the realm. */
    record Established(Receiver receiver) implements SessionState {}

    /** The router's GOODBYE is sent; only the peer's GOODBYE counts, after which the connection closes. */
    record ShuttingDown(CloseReason then) implements SessionState {}

    /** Nothing is received or sent any more, but for a last message that may still leave. */
    record Closed() implements SessionState {}
}
