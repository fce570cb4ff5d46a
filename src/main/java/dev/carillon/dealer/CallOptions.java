package dev.carillon.dealer;

import dev.carillon.protocol.Call;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.PayloadPassthru;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.protocol.WampError;
import java.time.Duration;

/**
 * What a CALL asks for besides the procedure.
 *
 * @param progress whether more invocations follow, {@code progress}
 * @param receiveProgress whether progressive results are welcome
 * @param timeout milliseconds until the first result, and from each to the next; 0 for any time
 * @param passthru {@code ppt_scheme} and its sisters, empty if not in use
 */
record CallOptions(boolean progress, boolean receiveProgress, boolean discloseMe, long timeout, Dict passthru) {

    static final CallOptions NONE = new CallOptions(false, false, false, 0, Dict.EMPTY);

    /** A longer time is this long: no timer can be set for a thousand years. */
    private static final long MAX_TIMEOUT = Duration.ofDays(365).toMillis();

    /**
     * @param caller what the caller has announced
     * @throws WampError {@code wamp.error.invalid_argument} if one has the wrong type, or the timeout is negative
     * @throws ProtocolViolation if the caller asks for what it had to announce and did not
     */
    static CallOptions of(Call request, Features caller) {
        Dict options = request.options();
        if (options.entries().isEmpty()) {
            return NONE;
        }
        boolean progress = options.flag("progress", false);
        if (progress && !caller.has("caller.progressive_call_invocations")) {
            throw new ProtocolViolation(
                    "'progress' needs progressive_call_invocations, which the caller has not announced");
        }
        long timeout = options.integer("timeout", 0);
        if (timeout < 0) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, "'timeout' must be 0 or more milliseconds");
        }
        return new CallOptions(
                progress,
                options.flag("receive_progress", false),
                options.flag("disclose_me", false),
                Math.min(timeout, MAX_TIMEOUT),
                PayloadPassthru.of(options, caller, "caller"));
    }

    /** @throws WampError {@code wamp.error.feature_not_supported} if the callee has not announced what this needs */
    void requireSupport(Features callee) {
        if (progress && !(callee.has("callee.progressive_call_invocations") && callee.has(Features.CALLEE_CANCELING))) {
            throw unsupported("progressive call invocations and canceling");
        }
        if (!passthru.entries().isEmpty() && !callee.has("callee." + PayloadPassthru.FEATURE)) {
            throw unsupported("payload passthru");
        }
    }

    private static WampError unsupported(String what) {
        return new WampError(ErrorUri.FEATURE_NOT_SUPPORTED, "the callee has not announced " + what);
    }
}
