package dev.carillon.dealer;

import dev.carillon.dealer.Registration.Endpoint;
import dev.carillon.metrics.RealmMetrics;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Cancel;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.Interrupt;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.PayloadPassthru;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Result;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.protocol.Yield;
import dev.carillon.session.Alarms;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import dev.carillon.session.SessionLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Routes calls to callees and their answers back. All state is guarded by the realm's turn, within which every method is
 * called; requests are legal and authorized when they come here. Every call gets exactly one last answer, unless its
 * caller leaves first.
 */
public final class Dealer {

    private static final Dict PROGRESS = Dict.of("progress", true);
    private static final Dict KILLNOWAIT = Dict.of("mode", "killnowait");
    private static final Dict KILL = Dict.of("mode", "kill");

    private final Registrations registrations;
    private final LongSupplier random;
    private final Alarms alarms;
    private final SessionLimits limits;
    private final RealmMetrics metrics;
    private final Map<Session, Party> parties = new HashMap<>();

    /** @param random numbers that pick a callee where chance is to do so */
    public Dealer(
            Registrations registrations,
            LongSupplier random,
            Alarms alarms,
            SessionLimits limits,
            RealmMetrics metrics) {
        this.registrations = registrations;
        this.random = random;
        this.alarms = alarms;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** Who serves what, for whoever may know. */
    public Registrations registrations() {
        return registrations;
    }

    /**
     * Answers REGISTERED; before that, UNREGISTERED to those whose place the session takes.
     *
     * @throws WampError {@code wamp.error.procedure_already_exists} if it is served and not shared, or by this session;
     *     {@code wamp.error.procedure_exists_with_different_invocation_policy} if it is shared in another way
     */
    public Deliveries register(Session from, Register request, RegisterOptions options) {
        return registrations.register(from, request.request(), options);
    }

    /**
     * Answers UNREGISTERED. Calls that are under way are still answered.
     *
     * @throws WampError {@code wamp.error.no_such_registration} if the session has none of this id
     */
    public Deliveries unregister(Session from, Unregister request) {
        return registrations.unregister(from, request);
    }

    /**
     * Takes a registration from one of its callees. It is told if it has announced that it understands; calls that are
     * under way are still answered. Does nothing if it is no callee of this.
     */
    public Deliveries revoke(Session callee, Registration registration, Uri reason) {
        return registrations.revoke(callee, registration, reason);
    }

    /** @throws ProtocolViolation if a call of this session with the same request id has not been answered yet */
    public void requireNotPending(Session from, Call request) {
        if (party(from).calls.containsKey(request.request())) {
            throw stillPending(request);
        }
    }

    /**
     * For a call that the router answers itself: at once, as a whole, and from a payload that it understands.
     *
     * @throws WampError {@code wamp.error.feature_not_supported} if it is made in pieces or its payload is packed,
     *     {@code wamp.error.invalid_argument} if an option has a value that it cannot have
     * @throws ProtocolViolation if the session asks for what it has not announced
     */
    public static void requirePlain(Session from, Call request) {
        CallOptions.of(request, from.features()).requireSupport(Features.NONE);
    }

    /**
     * Sends a callee an INVOCATION.
     *
     * @throws WampError {@code wamp.error.no_such_procedure} if nobody serves it, {@code wamp.error.invalid_argument},
     *     {@code wamp.error.feature_not_supported} if the callee lacks what the call needs,
     *     {@code carillon.error.too_many_calls} if too many of this session are not answered yet,
     *     {@code carillon.error.callee_busy} if too many wait for each callee
     * @throws ProtocolViolation if a call of this session with the same request id has not been answered yet, or the
     *     session asks for what it has not announced
     */
    public Deliveries call(Session from, Call request) {
        Party caller = party(from);
        requireNotPending(from, request);
        requireRoom(from, caller);
        CallOptions options = CallOptions.of(request, from.features());
        Registration registration = registrations
                .match(request.procedure())
                .orElseThrow(() -> new WampError(ErrorUri.NO_SUCH_PROCEDURE, "nobody has registered this procedure"));
        Endpoint endpoint = registration
                .pick(random, this::hasRoom)
                .orElseThrow(() -> new WampError(
                        ErrorUri.CALLEE_BUSY, "too many calls wait for who serves this procedure; try again later"));
        options.requireSupport(endpoint.callee().features());
        Party callee = party(endpoint.callee());
        PendingCall call = new PendingCall(
                from,
                request,
                options,
                endpoint.callee(),
                callee.nextInvocation(),
                registration.id(),
                InvocationDetails.of(from, request, options, registration, endpoint));
        setAlarm(call);
        callee.invocations.put(call.invocation, call);
        caller.begin(call);
        metrics.calls.increment();
        return new Deliveries().add(call.callee, call.invocation(request.payload(), options.progress()));
    }

    private void requireRoom(Session from, Party caller) {
        if (!SessionLimits.isRoomFor(from.identity(), caller.calls.size(), limits.calls())) {
            throw new WampError(
                    ErrorUri.TOO_MANY_CALLS,
                    limits.calls() + " calls of this session are not answered yet; wait for some of them");
        }
    }

    /** Whoever the callee is: this is to protect it. */
    private boolean hasRoom(Session callee) {
        return limits.invocations() == 0 || party(callee).invocations.size() < limits.invocations();
    }

    /**
     * Sends the callee of a call that is under way a further INVOCATION; none if the call has ended, which its caller
     * could not know. Advanced Profile, "Progressive Call Invocations".
     *
     * @return empty if this CALL is a new one
     * @throws ProtocolViolation if the call that is under way was not meant to go on like this
     */
    public Optional<Deliveries> proceed(Session from, Call request) {
        Party caller = party(from);
        PendingCall call = caller.calls.get(request.request());
        if (call == null) {
            return proceedTooLate(caller, request);
        }
        if (!call.options.progress() || !call.procedure.equals(request.procedure())) {
            throw stillPending(request);
        }
        boolean isOver = !call.mayContinue;
        call.mayContinue = call.mayContinue && isProgress("CALL", request.options());
        return Optional.of(
                isOver
                        ? new Deliveries()
                        : new Deliveries().add(call.callee, call.invocation(request.payload(), call.mayContinue)));
    }

    /**
     * A CALL has been answered with an ERROR before it came here. If more of it was to come, its caller may have sent
     * that already: it belongs to a call that is over, and is not another.
     */
    public void refused(Session from, Call request) {
        if (Boolean.TRUE.equals(request.options().entries().get("progress"))) {
            party(from).end(request.request(), request.procedure());
        }
    }

    /** The last such CALL is the end of it: another one of its id is a new call. */
    private static Optional<Deliveries> proceedTooLate(Party caller, Call request) {
        if (!caller.hasEnded(request.request(), request.procedure())) {
            return Optional.empty();
        }
        if (!isProgress("CALL", request.options())) {
            caller.forgetEnded(request.request());
        }
        return Optional.of(new Deliveries());
    }

    /**
     * Ends a call as the caller wishes: at once with ERROR {@code wamp.error.canceled}, or when the callee has answered.
     * Does nothing if there is no such call: it may just have ended.
     *
     * @throws WampError {@code wamp.error.invalid_argument} if the mode is unknown
     */
    public Deliveries cancel(Session from, Cancel request) {
        PendingCall call = party(from).calls.get(request.call());
        if (call == null) {
            return new Deliveries();
        }
        return switch (CancelMode.of(request, call.callee)) {
            case KILL -> interrupt(call, KILL);
            case KILLNOWAIT ->
                abandon(call, ErrorUri.CANCELED, "the call was canceled").addAll(interrupt(call, KILLNOWAIT));
            case SKIP -> abandon(call, ErrorUri.CANCELED, "the call was canceled");
        };
    }

    /**
     * Sends the caller a RESULT; none if it does not wait any more. A progressive result that nobody asked for is left
     * out.
     *
     * @throws ProtocolViolation if no such invocation waits for this session's answer
     */
    public Deliveries yield(Session from, Yield answer) {
        boolean isProgress = isProgress("YIELD", answer.options());
        PendingCall call = pending(from, answer.request(), !isProgress);
        if (call == null) {
            return new Deliveries();
        }
        Dict passthru = passthru(from, answer);
        if (!passthru.entries().isEmpty() && !call.caller.features().has("caller." + PayloadPassthru.FEATURE)) {
            Deliveries refused =
                    abandon(call, ErrorUri.FEATURE_NOT_SUPPORTED, "the caller has not announced payload passthru");
            return isProgress ? refused.addAll(interrupt(call, KILLNOWAIT)) : refused;
        }
        if (!isProgress) {
            end(call);
            return new Deliveries().add(call.caller, new Result(call.request, passthru, answer.payload()));
        }
        if (!call.isProgressWelcome()) {
            return new Deliveries();
        }
        setAlarm(call);
        return new Deliveries().add(call.caller, new Result(call.request, PROGRESS.and(passthru), answer.payload()));
    }

    /**
     * Sends the caller the callee's ERROR, as it is; none if the caller does not wait any more.
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
        PendingCall call = pending(from, answer.request(), true);
        if (call == null) {
            return new Deliveries();
        }
        end(call);
        return new Deliveries().add(call.caller, call.error(answer.details(), answer.error(), answer.payload()));
    }

    /**
     * Forgets a session that has ended. Who waits for its answers is told that none will come; who works for it is told
     * to stop.
     */
    public Deliveries leave(Session session) {
        Deliveries deliveries = new Deliveries();
        Party party = parties.remove(session);
        if (party != null) {
            for (PendingCall call : party.calls.values()) {
                call.forgetAlarm();
                if (call.callee != session) {
                    party(call.callee).abandon(call.invocation);
                    deliveries.addAll(interrupt(call, KILLNOWAIT));
                }
            }
            for (PendingCall call : party.invocations.values()) {
                if (call.caller != session) {
                    forget(call);
                    deliveries.add(
                            call.caller, call.error(ErrorUri.CANCELED, "the callee left before it had answered"));
                }
            }
        }
        return deliveries.addAll(registrations.leave(session));
    }

    /** From now on, or from now on again. */
    private void setAlarm(PendingCall call) {
        call.forgetAlarm();
        if (call.options.timeout() > 0 && !call.isTimedByCallee()) {
            int alarm = ++call.alarms;
            call.forgetAlarm = alarms.after(Duration.ofMillis(call.options.timeout()), () -> expire(call, alarm));
        }
    }

    private Deliveries expire(PendingCall call, int alarm) {
        Party caller = parties.get(call.caller);
        if (caller == null || caller.calls.get(call.request) != call || call.alarms != alarm) {
            return new Deliveries(); // it was answered, or a result came, while this waited for its turn
        }
        String sentence = "no answer within " + call.options.timeout() + " ms";
        return abandon(call, ErrorUri.TIMEOUT, sentence).addAll(interrupt(call, KILLNOWAIT));
    }

    /** The callee may go on, but nobody listens. */
    private Deliveries abandon(PendingCall call, Uri error, String sentence) {
        end(call);
        party(call.callee).abandon(call.invocation);
        return new Deliveries().add(call.caller, call.error(error, sentence));
    }

    private Deliveries interrupt(PendingCall call, Dict options) {
        if (call.interrupted || !call.callee.features().has(Features.CALLEE_CANCELING)) {
            return new Deliveries();
        }
        call.interrupted = true;
        return new Deliveries().add(call.callee, new Interrupt(call.invocation, options));
    }

    private void end(PendingCall call) {
        party(call.callee).invocations.remove(call.invocation);
        forget(call);
    }

    /** The caller has its last answer. */
    private void forget(PendingCall call) {
        call.forgetAlarm();
        Party caller = party(call.caller);
        caller.calls.remove(call.request);
        if (call.mayContinue) {
            caller.end(call);
        }
    }

    /** @return null if the caller does not wait for this any more */
    private @Nullable PendingCall pending(Session callee, RequestId invocation, boolean isLast) {
        Party party = party(callee);
        PendingCall call = party.invocations.get(invocation);
        if (call == null && !party.isLate(invocation, isLast)) {
            throw new ProtocolViolation("no invocation " + invocation + " waits for an answer of this session");
        }
        return call;
    }

    private static Dict passthru(Session callee, Yield answer) {
        try {
            return PayloadPassthru.of(answer.options(), callee.features(), "callee");
        } catch (WampError wrongType) {
            throw new ProtocolViolation("YIELD: " + wrongType.sentence());
        }
    }

    /** Who says so in another way than with true or false is not believed. */
    private static boolean isProgress(String message, Dict options) {
        try {
            return options.flag("progress", false);
        } catch (WampError wrongType) {
            throw new ProtocolViolation(message + ": " + wrongType.sentence());
        }
    }

    private static ProtocolViolation stillPending(Call request) {
        return new ProtocolViolation("CALL " + request.request() + " has not been answered yet: take another id");
    }

    private Party party(Session session) {
        return parties.computeIfAbsent(session, s -> new Party());
    }
}
