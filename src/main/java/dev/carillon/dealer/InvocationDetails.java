package dev.carillon.dealer;

import dev.carillon.dealer.Registration.Endpoint;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Dict;
import dev.carillon.security.Identity;
import dev.carillon.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a callee is told of a call besides its payload. */
final class InvocationDetails {

    static final String RECEIVE_PROGRESS = "receive_progress";
    static final String TIMEOUT = "timeout";

    private InvocationDetails() {}

    /**
     * The {@code Details} of the INVOCATION:
     *
     * <ul>
     *   <li>{@code procedure} if the registration is a pattern;
     *   <li>{@code caller}, {@code caller_authid}, {@code caller_authrole} if the caller or the callee asked for it. The
     *       application's own procedures are always told, and {@code _caller_roles}, all of the caller's roles, too;
     *   <li>{@code receive_progress} if the caller asked for it, whatever the callee has announced: who does not
     *       understand it ignores it, and well-known clients announce less than they can;
     *   <li>{@code timeout} if the callee minds it itself;
     *   <li>{@code ppt_scheme} and its sisters.
     * </ul>
     */
    static Dict of(Session from, Call call, CallOptions options, Registration registration, Endpoint endpoint) {
        boolean isApplication = endpoint.callee().identity().equals(Identity.APPLICATION);
        boolean isPattern = registration.pattern().policy() != MatchPolicy.EXACT;
        if (options == CallOptions.NONE && !isApplication && !isPattern && !endpoint.discloseCaller()) {
            return Dict.EMPTY; // as most of them
        }
        Map<String, Object> details = new LinkedHashMap<>();
        if (isPattern) {
            details.put("procedure", call.procedure().value());
        }
        if (isApplication || endpoint.discloseCaller() || options.discloseMe()) {
            disclose(from, details);
        }
        if (isApplication) {
            details.put("_caller_roles", List.copyOf(from.identity().roles()));
        }
        if (options.receiveProgress()) {
            details.put(RECEIVE_PROGRESS, true);
        }
        if (options.timeout() > 0 && endpoint.forwardTimeout()) {
            details.put(TIMEOUT, options.timeout());
        }
        details.putAll(options.passthru().entries());
        return new Dict(details);
    }

    private static void disclose(Session caller, Map<String, Object> details) {
        details.put("caller", caller.id().value());
        details.put("caller_authid", caller.identity().authid());
        details.put("caller_authrole", caller.identity().authrole());
    }
}
