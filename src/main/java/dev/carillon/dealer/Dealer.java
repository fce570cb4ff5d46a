package dev.carillon.dealer;

import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.Registered;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Result;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.Unregistered;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.protocol.Yield;
import dev.carillon.security.Identity;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Routes calls to callees and their answers back. All state is guarded by the realm's turn, within which every method is
 * called; requests are legal and authorized when they come here. Every call gets exactly one answer, unless its caller
 * leaves first.
 */
public final class Dealer {

    private final Metrics metrics;
    private final Map<Uri, Registration> byProcedure = new HashMap<>();
    private final Map<Session, Party> parties = new HashMap<>();
    private long lastRegistration;

    public Dealer(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Answers REGISTERED.
     *
     * @throws WampError {@code wamp.error.procedure_already_exists} if anybody, this session included, serves it already
     */
    public Deliveries register(Session from, Register request) {
        if (byProcedure.containsKey(request.procedure())) {
            throw new WampError(ErrorUri.PROCEDURE_ALREADY_EXISTS, "this procedure is registered already");
        }
        Registration registration = new Registration(new RegistrationId(++lastRegistration), request.procedure(), from);
        byProcedure.put(registration.procedure(), registration);
        party(from).registrations.put(registration.id(), registration);
        return new Deliveries().add(from, new Registered(request.request(), registration.id()));
    }

    /**
     * Answers UNREGISTERED. Calls that are under way are still answered.
     *
     * @throws WampError {@code wamp.error.no_such_registration} if the session has none of this id
     */
    public Deliveries unregister(Session from, Unregister request) {
        Registration registration = party(from).registrations.remove(request.registration());
        if (registration == null) {
            throw new WampError(
                    ErrorUri.NO_SUCH_REGISTRATION, "this session has no registration " + request.registration());
        }
        byProcedure.remove(registration.procedure());
        return new Deliveries().add(from, new Unregistered(request.request()));
    }

    /**
     * Sends the callee an INVOCATION.
     *
     * @throws WampError {@code wamp.error.no_such_procedure} if nobody serves it
     * @throws ProtocolViolation if a call of this session with the same request id has not been answered yet
     */
    public Deliveries call(Session from, Call request) {
        Party caller = party(from);
        if (caller.calls.containsKey(request.request())) {
            throw new ProtocolViolation("CALL " + request.request() + " has not been answered yet: take another id");
        }
        Registration registration = byProcedure.get(request.procedure());
        if (registration == null) {
            throw new WampError(ErrorUri.NO_SUCH_PROCEDURE, "nobody has registered this procedure");
        }
        Party callee = party(registration.callee());
        RequestId invocation = callee.nextInvocation();
        PendingCall pending = new PendingCall(from, request.request(), registration.callee(), invocation);
        callee.invocations.put(invocation, pending);
        caller.calls.put(request.request(), pending);
        metrics.calls.increment();
        return new Deliveries()
                .add(
                        registration.callee(),
                        new Invocation(
                                invocation,
                                registration.id(),
                                disclosed(from, registration.callee()),
                                request.payload()));
    }

    /**
     * Who calls, for the application's own procedures and nobody else: {@code caller}, {@code caller_authid},
     * {@code caller_authrole} as in the Advanced Profile, "Caller Identification"; {@code _caller_roles}, all of its
     * roles.
     */
    private static Dict disclosed(Session caller, Session callee) {
        if (!callee.identity().equals(Identity.APPLICATION)) {
            return Dict.EMPTY;
        }
        Identity who = caller.identity();
        return new Dict(Map.of(
                "caller", caller.id().value(),
                "caller_authid", who.authid(),
                "caller_authrole", who.authrole(),
                "_caller_roles", List.copyOf(who.roles())));
    }

    /**
     * Sends the caller a RESULT; none if it has left. A progressive result that nobody asked for is left out.
     *
     * @throws ProtocolViolation if no such invocation waits for this session's answer
     */
    public Deliveries yield(Session from, Yield answer) {
        if (isProgress(answer)) {
            pending(from, answer.request());
            return new Deliveries();
        }
        PendingCall call = answered(from, answer.request());
        return call.orphaned
                ? new Deliveries()
                : new Deliveries().add(call.caller, new Result(call.request, Dict.EMPTY, answer.payload()));
    }

    /**
     * Sends the caller the callee's ERROR, as it is; none if the caller has left.
     *
     * @throws ProtocolViolation if this is not the answer to an invocation that waits for this session's answer
     */
    public Deliveries error(Session from, Error answer) {
        if (answer.requestType() != MessageCode.INVOCATION) {
            throw new ProtocolViolation("a client answers nothing but INVOCATION with ERROR");
        }
        if (!answer.error().isLegal(Uri.Rules.LOOSE)) {
            throw new ProtocolViolation("the error of an ERROR must be a URI");
        }
        PendingCall call = answered(from, answer.request());
        return call.orphaned
                ? new Deliveries()
                : new Deliveries().add(call.caller, error(call, answer.details(), answer.error(), answer.payload()));
    }

    /** Forgets a session that has ended; who waits for its answers is told that none will come. */
    public Deliveries leave(Session session) {
        Deliveries deliveries = new Deliveries();
        Party party = parties.remove(session);
        if (party == null) {
            return deliveries;
        }
        party.registrations.values().forEach(registration -> byProcedure.remove(registration.procedure()));
        party.calls.values().forEach(call -> call.orphaned = true);
        for (PendingCall call : party.invocations.values()) {
            if (!call.orphaned) {
                party(call.caller).calls.remove(call.request);
                Payload sentence = Payload.of("the callee left before it had answered");
                deliveries.add(call.caller, error(call, Dict.EMPTY, ErrorUri.CANCELED, sentence));
            }
        }
        return deliveries;
    }

    private PendingCall pending(Session callee, RequestId invocation) {
        PendingCall call = party(callee).invocations.get(invocation);
        if (call == null) {
            throw new ProtocolViolation("no invocation " + invocation + " waits for an answer of this session");
        }
        return call;
    }

    /** The call that this answer ends. */
    private PendingCall answered(Session callee, RequestId invocation) {
        PendingCall call = pending(callee, invocation);
        party(callee).invocations.remove(invocation);
        if (!call.orphaned) {
            party(call.caller).calls.remove(call.request);
        }
        return call;
    }

    /** A callee that says so in another way than with true or false is not believed. */
    private static boolean isProgress(Yield answer) {
        try {
            return answer.options().flag("progress", false);
        } catch (WampError wrongType) {
            throw new ProtocolViolation("YIELD: " + wrongType.sentence());
        }
    }

    private static Error error(PendingCall call, Dict details, Uri error, Payload payload) {
        return new Error(MessageCode.CALL, call.request, details, error, payload);
    }

    private Party party(Session session) {
        return parties.computeIfAbsent(session, s -> new Party());
    }
}
