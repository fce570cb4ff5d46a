package dev.carillon.dealer;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.WampError;

/**
 * What a REGISTER asks for: {@code match}, {@code invoke}, {@code disclose_caller}, {@code forward_timeout}, and
 * {@code force_reregister}, which is crossbar's and no part of the specification.
 *
 * @param force whether to take the place of others, as far as that is allowed
 */
public record RegisterOptions(
        UriPattern pattern, InvocationPolicy policy, boolean discloseCaller, boolean forwardTimeout, boolean force) {

    /** @throws WampError {@code wamp.error.invalid_argument} if one has the wrong type or is none of the known values */
    public static RegisterOptions of(Register request) {
        Dict options = request.options();
        String match = options.string("match").orElse("exact");
        String invoke = options.string("invoke").orElse("single");
        return new RegisterOptions(
                new UriPattern(
                        MatchPolicy.of(match).orElseThrow(() -> unknown("match", "exact, prefix or wildcard")),
                        request.procedure()),
                InvocationPolicy.of(invoke)
                        .orElseThrow(() -> unknown("invoke", "single, first, last, roundrobin or random")),
                options.flag("disclose_caller", false),
                options.flag("forward_timeout", false),
                options.flag("force_reregister", false));
    }

    private static WampError unknown(String key, String known) {
        return new WampError(ErrorUri.INVALID_ARGUMENT, "'" + key + "' must be " + known);
    }
}
