package dev.carillon.simulation;

import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.session.CloseReason;
import dev.carillon.simulation.Member.Phase;
import dev.carillon.support.TestRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a member may do next: the model is told first, then the router. Each step returns what it was, in words. */
final class Steps {

    static final List<String> TOPICS = List.of("t.0", "t.1", "t.2");

    /** In the order in which a publication's events go out to one subscriber, behind that of the topic itself. */
    static final List<String> PATTERNS = List.of("prefix t.", "prefix t.1", "wildcard t.", "wildcard .0");

    static final List<String> PROCEDURES = List.of("p.0", "p.1", "p.2", Model.SHARED + "3");
    private static final List<String> MODES = List.of("{}", "{'mode':'skip'}", "{'mode':'kill'}");

    private static final List<String> LISTS = List.of("eligible", "exclude");
    private static final List<String> REFUSED = List.of("a..b", "wamp.x", Model.FORBIDDEN + "x");

    /** Whatever a client says that no client may say, whatever it is in the middle of. */
    private static final List<String> VIOLATIONS = List.of(
            "[1,'realm1',{'roles':{'caller':{}}}]",
            "[2,1,{}]",
            "[5,'x',{}]",
            "[50,1,{}]",
            "[70,1000000,{}]",
            "[8,68,1000000,{},'a.b']",
            "[8,48,1,{},'a.b']",
            "[32,0,{},'t.0']",
            "[48,1]",
            "[99]",
            "rubbish",
            "");

    private static final long NOBODYS = 1_000_000;

    private final Random random;
    private final TestRouter router;
    private final Model model;
    private final List<Member> members;
    private int publishedByApplication;

    Steps(Random random, TestRouter router, Model model, List<Member> members) {
        this.random = random;
        this.router = router;
        this.model = model;
        this.members = members;
    }

    String take(Member member) {
        return switch (member.phase) {
            case CONNECTED -> random.nextInt(10) > 0 ? join(member) : end(member);
            case SENT_AWAY -> sentAway(member);
            default -> random.nextInt(60) == 0 ? end(member) : ordinary(member);
        };
    }

    private String ordinary(Member member) {
        int dice = random.nextInt(100);
        if (dice < 10) {
            return subscribe(member);
        } else if (dice < 15) {
            return unsubscribe(member);
        } else if (dice < 40) {
            return publish(member);
        } else if (dice < 45) {
            return publishAsApplication(member.realm);
        } else if (dice < 52) {
            return register(member);
        } else if (dice < 55) {
            return unregister(member);
        } else if (dice < 68) {
            return call(member);
        } else if (dice < 70) {
            return cancel(member);
        } else if (dice < 90) {
            return member.invocations.isEmpty() ? call(member) : answer(member);
        } else {
            return read(member);
        }
    }

    private String end(Member member) {
        switch (random.nextInt(6)) {
            case 0:
                return breakTheProtocol(member);
            case 1:
                return vanish(member);
            case 2:
                return breakTheTransport(member);
            case 3:
                return member.isJoined() ? abort(member) : breakTheProtocol(member);
            case 4:
                return member.isJoined() ? sendAway(member) : vanish(member);
            default:
                return member.isJoined() ? farewell(member) : vanish(member);
        }
    }

    private String join(Member member) {
        model.join(member);
        return says(member, "[1,'" + member.realm + "',{'roles':{'caller':{}}}]");
    }

    private String subscribe(Member member) {
        String topic = oneOf(random.nextInt(3) == 0 ? PATTERNS : TOPICS);
        long request = member.nextRequest(topic);
        model.subscribe(member, request, topic);
        String[] pattern = topic.split(" ");
        return pattern.length == 1
                ? says(member, "[32," + request + ",{},'" + topic + "']")
                : says(member, "[32," + request + ",{'match':'" + pattern[0] + "'},'" + pattern[1] + "']");
    }

    private String unsubscribe(Member member) {
        long id = anId(member, m -> m.subscriptions, member.unsubscribing);
        long request = member.nextRequest(String.valueOf(id));
        model.unsubscribe(member, request, member.subscriptions.get(id));
        return says(member, "[34," + request + "," + id + "]");
    }

    private String publish(Member member) {
        String topic = oneOf(TOPICS);
        String payload = payload(member.name, ++member.published);
        boolean acknowledge = random.nextBoolean();
        boolean excludeMe = random.nextInt(3) > 0;
        long request = member.nextRequest(payload);
        Member listed = members.get(random.nextInt(members.size()));
        String list = listed.isJoined() && random.nextInt(5) == 0 ? LISTS.get(random.nextInt(2)) : "";
        Predicate<Member> receivers = receiver -> !(excludeMe && receiver == member)
                && (!list.equals("eligible") || receiver == listed)
                && (!list.equals("exclude") || receiver != listed);
        model.publish(member, request, topic, acknowledge, receivers, payload);
        String options = random.nextBoolean() && excludeMe && !acknowledge && list.isEmpty()
                ? "{}"
                : "{'acknowledge':" + acknowledge + ",'exclude_me':" + excludeMe
                        + (list.isEmpty()
                                ? ""
                                : ",'" + list + "':[" + listed.peer.session().id() + "]") + "}";
        return says(member, "[16," + request + "," + options + ",'" + topic + "'," + payload + "]");
    }

    private String publishAsApplication(String realm) {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        String payload = payload("application of " + realm, ++publishedByApplication);
        model.publish(realm, topic, "the application", receiver -> true, payload);
        router.router().publish(realm, new Uri(topic), new Payload.Json(payload), false);
        return "the application publishes " + payload + " to " + topic + "@" + realm;
    }

    private String register(Member member) {
        String procedure = oneOf(PROCEDURES);
        long request = member.nextRequest(procedure);
        model.register(member, request, procedure);
        String options = procedure.startsWith(Model.SHARED) ? "{'invoke':'first'}" : "{}";
        return says(member, "[64," + request + "," + options + ",'" + procedure + "']");
    }

    private String unregister(Member member) {
        long id = anId(member, m -> m.registrations, member.unregistering);
        long request = member.nextRequest(String.valueOf(id));
        model.unregister(member, request, member.registrations.get(id));
        return says(member, "[66," + request + "," + id + "]");
    }

    private String call(Member member) {
        String procedure = oneOf(PROCEDURES);
        String payload = payload("call of " + member.name, ++member.called);
        long request = member.nextRequest(payload);
        model.call(member, request, procedure, payload);
        return says(member, "[48," + request + ",{},'" + procedure + "'," + payload + "]");
    }

    /** A call of its own that is under way, or none; nobody here can be interrupted. */
    private String cancel(Member member) {
        long request = NOBODYS;
        if (!member.calls.isEmpty()) {
            Call call = member.calls.get(random.nextInt(member.calls.size()));
            model.cancel(member, call);
            request = call.request();
        }
        return says(member, "[49," + request + "," + MODES.get(random.nextInt(MODES.size())) + "]");
    }

    /** Of the invocations that it has heard, any: answers need no order. */
    private String answer(Member member) {
        List<Long> open = new ArrayList<>(member.invocations.keySet());
        long invocation = open.get(random.nextInt(open.size()));
        Call call = member.invocations.remove(invocation);
        member.answered.add(invocation);
        String payload = "[\"to " + call.request() + "\"]";
        if (random.nextInt(4) == 0) {
            model.error(member, call, "app.error", payload);
            return says(member, "[8,68," + invocation + ",{},'app.error'," + payload + "]");
        }
        if (random.nextInt(8) == 0) {
            says(member, "[70," + invocation + ",{'progress':true},['nobody asked for it']]");
        }
        model.yield(member, call, payload);
        return says(member, "[70," + invocation + ",{}," + payload + "]");
    }

    private String read(Member member) {
        if (member.reading) {
            member.reading = false;
            member.peer.stopsReading();
            return member + " stops reading";
        }
        if (random.nextBoolean()) {
            member.peer.readsABatch();
            return member + " reads a batch";
        }
        readOn(member);
        return member + " reads on";
    }

    void readOn(Member member) {
        member.reading = true;
        member.peer.readsOn();
    }

    String farewell(Member member) {
        model.leave(member);
        member.promise(Promise.last("GOODBYE wamp.close.goodbye_and_out"));
        return says(member, "[6,{},'wamp.close.normal']");
    }

    private String abort(Member member) {
        model.leave(member);
        member.forgetPromises();
        return says(member, "[3,{},'app.error']");
    }

    private String vanish(Member member) {
        if (member.isJoined()) {
            model.leave(member);
        }
        member.phase = Phase.LEFT;
        member.forgetPromises();
        member.peer.vanishes();
        return member + " vanishes";
    }

    private String breakTheTransport(Member member) {
        member.peer.breaks();
        return member + "'s transport breaks: the next that is sent fails";
    }

    private String sendAway(Member member) {
        model.leave(member);
        member.phase = Phase.SENT_AWAY;
        member.promise(Promise.last("GOODBYE carillon.close.logged_out"));
        router.router().goodbye(member.peer.session()::equals, CloseUri.LOGGED_OUT, CloseReason.POLICY_VIOLATION);
        return member + " is sent away";
    }

    private String sentAway(Member member) {
        switch (random.nextInt(6)) {
            case 0:
                return says(member, "[16,99,{'acknowledge':true},'t.0',['nobody hears this']]");
            case 1:
                return vanish(member);
            case 2:
                return read(member);
            default:
                member.phase = Phase.LEFT;
                return says(member, "[6,{},'wamp.close.goodbye_and_out']");
        }
    }

    private String breakTheProtocol(Member member) {
        String violation = VIOLATIONS.get(random.nextInt(VIOLATIONS.size()));
        if (!member.isJoined() && violation.startsWith("[1,")) {
            violation = "[1,'realm1',{}]";
        } else if (!member.answered.isEmpty() && random.nextBoolean()) {
            violation = "[70," + member.answered.get(random.nextInt(member.answered.size())) + ",{},['again']]";
        }
        model.violate(member);
        if (!member.peer.canSay(violation)) {
            member.peer.saysBinary(new byte[] {7});
            return member + " says rubbish";
        }
        return says(member, violation);
    }

    /** A subscription or registration of the member, one of another, or none at all. */
    private long anId(Member member, Function<Member, Map<Long, String>> known, Set<Long> ending) {
        List<Long> own = new ArrayList<>(known.apply(member).keySet());
        own.removeAll(ending);
        if (!own.isEmpty() && random.nextInt(8) > 0) {
            long id = own.get(random.nextInt(own.size()));
            ending.add(id);
            return id;
        }
        Member other = members.get(random.nextInt(members.size()));
        List<Long> foreign = new ArrayList<>(known.apply(other).keySet());
        foreign.removeAll(known.apply(member).keySet());
        // Who does not read may have been given what another has, and not know it.
        return foreign.isEmpty() || !other.realm.equals(member.realm) || !member.reading
                ? NOBODYS
                : foreign.get(random.nextInt(foreign.size()));
    }

    private String payload(String by, int number) {
        return "[\"" + by + " #" + number + "\",\"" + "x".repeat(random.nextInt(10) == 0 ? random.nextInt(1500) : 0)
                + "\"]";
    }

    private String oneOf(List<String> uris) {
        return random.nextInt(25) == 0
                ? REFUSED.get(random.nextInt(REFUSED.size()))
                : uris.get(random.nextInt(uris.size()));
    }

    private static String says(Member member, String message) {
        member.peer.says(message);
        return member + " says " + (message.length() > 120 ? message.substring(0, 120) + "..." : message);
    }
}
