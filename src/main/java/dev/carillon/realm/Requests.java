package dev.carillon.realm;

import static java.lang.System.Logger.Level.DEBUG;

import dev.carillon.metrics.Metrics;
import dev.carillon.metrics.Reasons;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.Request;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.protocol.WampError;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;

/** Hands what clients ask for to whoever decides about it, and answers with an ERROR what is refused. */
final class Requests {

    private static final System.Logger LOG = System.getLogger(Requests.class.getName());

    private final PubSubRequests pubSub;
    private final RpcRequests rpc;
    private final Turns turns;
    private final Metrics metrics;

    Requests(PubSubRequests pubSub, RpcRequests rpc, Turns turns, Metrics metrics) {
        this.pubSub = pubSub;
        this.rpc = rpc;
        this.turns = turns;
        this.metrics = metrics;
    }

    /** Grants the request, or answers with an ERROR. */
    void receive(Session from, Request request) {
        try {
            grant(from, request);
        } catch (WampError error) {
            metrics.refused(Reasons.of(error.uri()));
            if (isAnswered(request)) {
                answer(from, request, error);
            } else {
                LOG.log(DEBUG, "session {0}: {1} refused: {2}", from.id(), request.code(), error.uri());
            }
        }
    }

    private void grant(Session from, Request request) {
        if (request instanceof Publish publish) {
            pubSub.publish(from, publish);
        } else if (request instanceof Subscribe subscribe) {
            pubSub.subscribe(from, subscribe);
        } else if (request instanceof Unsubscribe unsubscribe) {
            pubSub.unsubscribe(from, unsubscribe);
        } else if (request instanceof Call call) {
            rpc.call(from, call);
        } else if (request instanceof Register register) {
            rpc.register(from, register);
        } else if (request instanceof Unregister unregister) {
            rpc.unregister(from, unregister);
        }
    }

    /**
     * Basic Profile, "PUBLISH": without acknowledge, neither success nor failure is reported. Anything but a plain "no"
     * asks for an answer, if only for the one that it is not a boolean.
     */
    private static boolean isAnswered(Request request) {
        if (!(request instanceof Publish publish)) {
            return true;
        }
        Object acknowledge = publish.options().entries().get("acknowledge");
        return acknowledge != null && !acknowledge.equals(false);
    }

    private void answer(Session from, Request request, WampError error) {
        Payload sentence = Payload.of(error.sentence());
        turns.turn(from, () -> {
            if (request instanceof Call call) {
                rpc.refused(from, call);
            }
            return new Deliveries()
                    .add(from, new Error(request.code(), request.request(), Dict.EMPTY, error.uri(), sentence));
        });
    }
}
