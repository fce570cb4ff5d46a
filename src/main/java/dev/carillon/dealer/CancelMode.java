package dev.carillon.dealer;

import dev.carillon.protocol.Cancel;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.WampError;
import dev.carillon.session.Session;

/** How much a caller cares about what becomes of a call that it cancels. Advanced Profile, "Call Canceling". */
enum CancelMode {
    /** The callee is not told; its answer is discarded. */
    SKIP,
    /** The callee is interrupted, and its answer still counts. */
    KILL,
    /** The callee is interrupted, and its answer is discarded. The default: the specification names none. */
    KILLNOWAIT;

    /**
     * The mode that was asked for; {@link #SKIP} if the callee cannot be interrupted.
     *
     * @throws WampError {@code wamp.error.invalid_argument} if there is no such mode
     */
    static CancelMode of(Cancel request, Session callee) {
        CancelMode asked = asked(request);
        return callee.features().has(Features.CALLEE_CANCELING) ? asked : SKIP;
    }

    private static CancelMode asked(Cancel request) {
        return switch (request.options().string("mode").orElse("killnowait")) {
            case "skip" -> SKIP;
            case "kill" -> KILL;
            case "killnowait" -> KILLNOWAIT;
            default -> throw new WampError(ErrorUri.INVALID_ARGUMENT, "'mode' must be skip, kill or killnowait");
        };
    }
}
