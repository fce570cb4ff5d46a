package dev.carillon.realm;

import dev.carillon.dealer.Dealer;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.session.Session;

/** CALL, REGISTER and UNREGISTER: legal, allowed, and only then a turn. Runs on the requester's own thread. */
final class RpcRequests {

    private final Rights rights;
    private final Dealer dealer;
    private final MetaApi meta;
    private final Turns turns;

    RpcRequests(Rights rights, Dealer dealer, MetaApi meta, Turns turns) {
        this.rights = rights;
        this.dealer = dealer;
        this.meta = meta;
        this.turns = turns;
    }

    void call(Session from, Call call) {
        rights.requireLegal(call.procedure());
        if (meta.serves(call.procedure())) {
            meta.call(from, call);
            return;
        }
        rights.require(from, Action.CALL, new UriPattern(MatchPolicy.EXACT, call.procedure()));
        turns.turn(from, () -> dealer.call(from, call));
    }

    void register(Session from, Register register) {
        requireOption(register.options(), "match", "exact");
        requireOption(register.options(), "invoke", "single");
        rights.requireLegal(register.procedure());
        rights.requireUnreserved(register.procedure());
        rights.require(from, Action.REGISTER, new UriPattern(MatchPolicy.EXACT, register.procedure()));
        turns.turn(from, () -> dealer.register(from, register));
    }

    void unregister(Session from, Unregister unregister) {
        turns.turn(from, () -> dealer.unregister(from, unregister));
    }

    private static void requireOption(Dict options, String key, String offered) {
        if (!options.string(key).orElse(offered).equals(offered)) {
            throw new WampError(
                    ErrorUri.INVALID_ARGUMENT, "the only value of '" + key + "' offered here is '" + offered + "'");
        }
    }
}
