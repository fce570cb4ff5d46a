package dev.carillon.realm;

import dev.carillon.dealer.Dealer;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Result;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The procedures that the router itself serves. To call them needs the right to, but for those that ask for another: who
 * may publish may leave a testament, who may subscribe may read the history.
 */
final class MetaApi {

    private final Rights rights;
    private final Dealer dealer;
    private final Turns turns;
    private final Map<Uri, MetaProcedure> procedures = new HashMap<>();
    private final Map<Uri, MetaProcedure> withRightsOfTheirOwn = new HashMap<>();

    MetaApi(Rights rights, Dealer dealer, Turns turns) {
        this.rights = rights;
        this.dealer = dealer;
        this.turns = turns;
    }

    void add(String uri, MetaProcedure procedure) {
        procedures.put(new Uri(uri), procedure);
    }

    /** The procedure asks for rights itself, and nobody else does. */
    void addWithRightsOfItsOwn(String uri, MetaProcedure procedure) {
        withRightsOfTheirOwn.put(new Uri(uri), procedure);
    }

    /** Whether calls of this URI come here, and nobody else can serve it. */
    boolean serves(Uri procedure) {
        return procedure.isReserved()
                || procedures.containsKey(procedure)
                || withRightsOfTheirOwn.containsKey(procedure);
    }

    /** Answers RESULT. */
    void call(Session from, Call call) {
        List<Supplier<MetaProcedure.Answer>> prepared = new ArrayList<>(1);
        Runnable ask = () -> {
            prepared.clear();
            prepared.add(prepare(from, call));
        };
        rights.use(from, ask, turns, () -> {
            dealer.requireNotPending(from, call);
            MetaProcedure.Answer answer = prepared.get(0).get();
            return new Deliveries()
                    .add(from, new Result(call.request(), Dict.EMPTY, answer.payload()))
                    .addAll(answer.others());
        });
    }

    /** What is to be done within the turn; again if rights have changed before that. */
    private Supplier<MetaProcedure.Answer> prepare(Session from, Call call) {
        MetaProcedure procedure = withRightsOfTheirOwn.get(call.procedure());
        if (procedure == null) {
            rights.require(from, Action.CALL, new UriPattern(MatchPolicy.EXACT, call.procedure()));
            procedure = procedures.get(call.procedure());
        }
        if (procedure == null) {
            throw new WampError(ErrorUri.NO_SUCH_PROCEDURE, "the router has no such procedure");
        }
        Dealer.requirePlain(from, call);
        return procedure.prepare(from, MetaArguments.of(call.payload()));
    }
}
