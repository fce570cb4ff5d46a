package dev.carillon.realm;

import dev.carillon.dealer.Dealer;
import dev.carillon.dealer.RegisterOptions;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Cancel;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.Request;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.util.Optional;

/** CALL, CANCEL, REGISTER and UNREGISTER: legal, allowed, and only then a turn. Runs on the requester's own thread. */
final class RpcRequests {

    private final Rights rights;
    private final boolean disclosure;
    private final Dealer dealer;
    private final MetaApi meta;
    private final Turns turns;

    /** @param disclosure whether callers may be disclosed to those whom they call */
    RpcRequests(Rights rights, boolean disclosure, Dealer dealer, MetaApi meta, Turns turns) {
        this.rights = rights;
        this.disclosure = disclosure;
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
        if (!disclosure && call.options().flag("disclose_me", false)) {
            throw new WampError(ErrorUri.DISCLOSURE_DISALLOWED, "callers are not disclosed in this realm");
        }
        rights.require(from, Action.CALL, new UriPattern(MatchPolicy.EXACT, call.procedure()));
        turns.turn(from, () -> dealer.call(from, call));
    }

    /**
     * Passes on what continues a call. The right to it was asked when it began.
     *
     * @return false if the request is another one, and nothing was done
     */
    boolean proceed(Session from, Request request) {
        if (!(request instanceof Call call) || !from.features().has("caller.progressive_call_invocations")) {
            return false;
        }
        boolean[] proceeds = {false};
        turns.turn(from, () -> {
            Optional<Deliveries> deliveries = dealer.proceed(from, call);
            proceeds[0] = deliveries.isPresent();
            return deliveries.orElseGet(Deliveries::new);
        });
        return proceeds[0];
    }

    /** Within the turn in which a CALL is answered with an ERROR. */
    void refused(Session from, Call call) {
        if (from.features().has("caller.progressive_call_invocations")) {
            dealer.refused(from, call);
        }
    }

    /** The call is answered, not the CANCEL; unless it cannot be understood, after which the call goes on. */
    void cancel(Session from, Cancel cancel) {
        turns.turn(from, () -> {
            try {
                return dealer.cancel(from, cancel);
            } catch (WampError error) {
                Payload sentence = Payload.of(error.sentence());
                return new Deliveries()
                        .add(from, new Error(MessageCode.CANCEL, cancel.call(), Dict.EMPTY, error.uri(), sentence));
            }
        });
    }

    void register(Session from, Register register) {
        RegisterOptions options = RegisterOptions.of(register);
        rights.requireLegal(options.pattern());
        rights.requireUnreserved(register.procedure());
        if (meta.serves(register.procedure())) {
            throw new WampError(ErrorUri.PROCEDURE_ALREADY_EXISTS, "the router itself serves this procedure");
        }
        if (options.discloseCaller() && !disclosure && !from.identity().isTrusted()) {
            throw new WampError(ErrorUri.CALLER_DISCLOSURE_DISALLOWED, "callers are not disclosed in this realm");
        }
        rights.use(
                from,
                () -> rights.require(from, Action.REGISTER, options.pattern()),
                turns,
                () -> dealer.register(from, register, options));
    }

    void unregister(Session from, Unregister unregister) {
        turns.turn(from, () -> dealer.unregister(from, unregister));
    }
}
