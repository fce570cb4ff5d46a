package dev.carillon.simulation;

import dev.carillon.simulation.Member.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the specification makes of each thing that a member does: who is promised what. It keeps no order between streams, no
 * ids and no batches: those are the router's business.
 */
final class Model {

    /** What begins so is served by the first of those who register it. */
    static final String SHARED = "s.";

    /** Nobody is allowed what begins so. */
    static final String FORBIDDEN = "secret.";

    private final Map<String, Set<Member>> subscribers = new HashMap<>(); // by realm and subscription
    private final Map<String, List<Member>> callees = new HashMap<>(); // in the order of their registration

    long joined;
    long left;
    long violations;
    long publications;
    long events;
    long calls;

    void join(Member member) {
        member.phase = Phase.JOINED;
        joined++;
        member.promise(new Promise("session", "WELCOME", 0));
    }

    /** @param topic or a pattern, such as {@code prefix a.} */
    void subscribe(Member member, long request, String topic) {
        String refusal = refusal(topic, false);
        if (refusal != null) {
            member.promise(Promise.answer(request, "ERROR SUBSCRIBE " + refusal));
            return;
        }
        subscribers
                .computeIfAbsent(in(member, topic), t -> new LinkedHashSet<>())
                .add(member);
        member.promise(Promise.answer(request, "SUBSCRIBED"));
    }

    /** @param topic null if the member has no subscription of this id */
    void unsubscribe(Member member, long request, @Nullable String topic) {
        boolean was = topic != null
                && subscribers.getOrDefault(in(member, topic), Set.of()).remove(member);
        member.promise(
                Promise.answer(request, was ? "UNSUBSCRIBED" : "ERROR UNSUBSCRIBE wamp.error.no_such_subscription"));
    }

    void publish(
            Member member,
            long request,
            String topic,
            boolean acknowledge,
            Predicate<Member> receivers,
            String payload) {
        String refusal = refusal(topic, true);
        if (refusal == null) {
            publish(member.realm, topic, member.name, receivers, payload);
        }
        if (acknowledge) {
            member.promise(Promise.answer(request, refusal == null ? "PUBLISHED" : "ERROR PUBLISH " + refusal));
        }
    }

    void publish(String realm, String topic, String publisher, Predicate<Member> receivers, String payload) {
        publications++;
        List<String> matching = new ArrayList<>(List.of(topic));
        Steps.PATTERNS.stream().filter(pattern -> matches(pattern, topic)).forEach(matching::add);
        for (String subscription : matching) {
            for (Member subscriber : subscribers.getOrDefault(realm + " " + subscription, Set.of())) {
                if (receivers.test(subscriber)) {
                    events++;
                    subscriber.promise(Promise.event(subscription, topic, publisher, payload));
                }
            }
        }
    }

    /** As the specification tells it, and not as the router looks it up. */
    private static boolean matches(String pattern, String topic) {
        String uri = pattern.substring(pattern.indexOf(' ') + 1);
        if (pattern.startsWith("prefix ")) {
            return topic.startsWith(uri);
        }
        String[] named = uri.split("\\.", -1);
        String[] components = topic.split("\\.", -1);
        return named.length == components.length
                && IntStream.range(0, named.length).allMatch(i -> named[i].isEmpty() || named[i].equals(components[i]));
    }

    void register(Member member, long request, String procedure) {
        String refusal = refusal(procedure, true);
        List<Member> present = callees.computeIfAbsent(in(member, procedure), p -> new ArrayList<>());
        boolean isTaken = procedure.startsWith(SHARED) ? present.contains(member) : !present.isEmpty();
        if (refusal == null && isTaken) {
            refusal = "wamp.error.procedure_already_exists";
        } else if (refusal == null) {
            present.add(member);
        }
        member.promise(Promise.answer(request, refusal == null ? "REGISTERED" : "ERROR REGISTER " + refusal));
    }

    /** @param procedure null if the member has no registration of this id */
    void unregister(Member member, long request, @Nullable String procedure) {
        boolean was = procedure != null
                && callees.getOrDefault(in(member, procedure), List.of()).remove(member);
        member.promise(
                Promise.answer(request, was ? "UNREGISTERED" : "ERROR UNREGISTER wamp.error.no_such_registration"));
    }

    void call(Member member, long request, String procedure, String payload) {
        String refusal = refusal(procedure, false);
        List<Member> present = callees.getOrDefault(in(member, procedure), List.of());
        if (refusal == null && present.isEmpty()) {
            refusal = "wamp.error.no_such_procedure";
        }
        if (refusal != null) {
            member.promise(Promise.answer(request, "ERROR CALL " + refusal));
            return;
        }
        calls++;
        Call call = new Call(member, request, payload);
        member.calls.add(call);
        Member callee = present.get(0);
        callee.toAnswer.add(call);
        callee.promise(Promise.invocation(procedure, member.name, payload));
    }

    /** Its callee answers all the same, and nobody hears it. */
    void cancel(Member member, Call call) {
        member.calls.remove(call);
        member.promise(Promise.answer(call.request(), "ERROR CALL wamp.error.canceled"));
    }

    void yield(Member member, Call call, String payload) {
        answer(member, call, "RESULT", payload);
    }

    void error(Member member, Call call, String error, String payload) {
        answer(member, call, "ERROR CALL " + error, payload);
    }

    private void answer(Member member, Call call, String content, String payload) {
        member.toAnswer.remove(call);
        if (call.caller().calls.remove(call)) {
            call.caller().promise(Promise.answer(call.request(), content, payload));
        }
    }

    /** Its session has ended, whoever ended it. */
    void leave(Member member) {
        member.phase = Phase.LEFT;
        left++;
        subscribers.values().forEach(members -> members.remove(member));
        callees.values().forEach(present -> present.remove(member));
        member.calls.clear(); // before the next, as a member may have called itself
        cancelCallsTo(member);
    }

    void cancelCallsTo(Member member) {
        for (Call call : List.copyOf(member.toAnswer)) {
            answer(member, call, "ERROR CALL wamp.error.canceled", "");
        }
    }

    void violate(Member member) {
        violations++;
        if (member.isJoined()) {
            leave(member);
        }
        member.phase = Phase.LEFT;
        member.promise(Promise.last("ABORT wamp.error.protocol_violation"));
    }

    boolean hasCallee(Member member, String procedure) {
        return !callees.getOrDefault(in(member, procedure), List.of()).isEmpty();
    }

    private static @Nullable String refusal(String uri, boolean mustNotBeReserved) {
        if (uri.contains("..")) {
            return "wamp.error.invalid_uri";
        }
        if (mustNotBeReserved && uri.startsWith("wamp.")) {
            return "wamp.error.invalid_uri";
        }
        return uri.startsWith(FORBIDDEN) ? "wamp.error.not_authorized" : null;
    }

    private static String in(Member member, String uri) {
        return member.realm + " " + uri;
    }
}
