package dev.carillon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.OutboxLimits;
import dev.carillon.session.Session;
import dev.carillon.simulation.Member.Phase;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One run from one seed: random steps, and after each the guarantees. Everything random comes from the seed, so that the same
 * seed is the same run.
 */
final class Simulation {

    private static final List<String> REALMS = List.of("realm1", "realm2");
    private static final int MOST_MEMBERS = 14;
    private static final int STEPS_TOLD = 40;

    private final long seed;
    private final Random random;
    private final OutboxLimits limits;
    private final TestRouter router;
    private final Model model = new Model();
    private final Steps steps;
    private final List<Member> members = new ArrayList<>();
    private final List<WeakReference<Session>> sessions = new ArrayList<>();
    private final Map<String, Long> publicationIds = new HashMap<>();
    private final Deque<String> told = new ArrayDeque<>();
    private long tooSlow;
    private int connected;

    Simulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.limits = random.nextInt(4) == 0
                ? OutboxLimits.DEFAULT
                : new OutboxLimits(5 + random.nextInt(60), 3000 + random.nextInt(60_000));
        boolean strictRequestIds = random.nextBoolean();
        RealmSettings settings =
                RealmSettings.of(Authenticator::anybody, Simulation::authorize).withStrictRequestIds(strictRequestIds);
        this.router = TestRouter.with(settings, limits);
        this.steps = new Steps(random, router, model, members);
    }

    private static void authorize(Authorizer.Request request) {
        if (request.uri().value().startsWith(Model.FORBIDDEN)) {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, "not you");
        }
    }

    /** @throws AssertionError if a guarantee is broken; it names the seed and the last steps */
    void run(int count) {
        try {
            for (int i = 0; i < count; i++) {
                step();
                check();
            }
            end();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "A guarantee is broken. To play this run again: mvn test -Dtest=RandomScheduleTest -Dcarillon.seed="
                            + seed + "\n" + failure.getMessage() + "\nThe last steps, with " + limits + ":\n  "
                            + String.join("\n  ", told),
                    failure);
        }
    }

    private void step() {
        if (members.size() < 2 || members.size() < MOST_MEMBERS && random.nextInt(20) == 0) {
            connect();
            return;
        }
        Member member = members.get(random.nextInt(members.size()));
        if (member.phase == Phase.LEFT || member.deaf) {
            leftovers(member);
        } else {
            tell(steps.take(member));
        }
    }

    private void connect() {
        // Mostly JSON: what is sent in one serializer is encoded once for all, and that must be seen too.
        int serializer = Math.max(0, random.nextInt(6) - 3) % Serializer.ALL.size();
        Peer peer = router.connect(Serializer.ALL.get(serializer));
        sessions.add(new WeakReference<>(peer.session()));
        String realm = REALMS.get(random.nextInt(REALMS.size()));
        Member member = new Member("m" + ++connected, realm, peer, publicationIds);
        members.add(member);
        tell(member + " connects with " + peer.session().serializer().subprotocol());
    }

    /** What still happens to a connection whose session is over. */
    private void leftovers(Member member) {
        int dice = random.nextInt(4);
        if (dice == 0 && !member.deaf) {
            member.peer.says("[32,77,{},'t.0']");
            tell(member + " says something behind its end");
        } else if (dice == 1 && !member.deaf) {
            steps.readOn(member);
            tell(member + " reads what is left");
        } else {
            disconnect(member);
            tell(member + " is disconnected");
        }
    }

    private void disconnect(Member member) {
        if (member.isJoined()) {
            model.leave(member);
        }
        member.phase = Phase.LEFT;
        member.deaf = true;
        member.forgetPromises();
        member.peer.breaks();
        member.peer.vanishes();
        assertThat(member.peer.session().outbox().messages())
                .as("what waits for nobody")
                .isZero();
        assertThat(member.peer.session().outbox().bytes())
                .as("bytes that wait for nobody")
                .isZero();
        member.peer.hearsAll();
        members.remove(member);
    }

    private void check() {
        List<Member> cut =
                members.stream().filter(member -> !member.deaf && isCut(member)).toList();
        // The end of one may be what was too much for another: so first all cancellations, then all farewells.
        cut.stream().filter(Simulation::isTooSlow).forEach(model::cancelCallsTo);
        cut.forEach(this::leaveIfTooSlow);
        cut.forEach(member -> {
            if (isTooSlow(member)) {
                requireTooSlow(member);
            }
            member.hearAll();
            member.forgetPromises();
            member.deaf = true;
            tell(member + " was cut");
        });
        members.forEach(Member::hearAll);
        members.forEach(this::checkOutbox);
        checkMetrics();
    }

    private static boolean isTooSlow(Member member) {
        return member.peer.closeReason().filter(CloseReason.TOO_SLOW::equals).isPresent();
    }

    private static boolean isCut(Member member) {
        return isTooSlow(member)
                || member.peer.closeReason().filter(CloseReason.LOST::equals).isPresent();
    }

    private void leaveIfTooSlow(Member member) {
        if (isTooSlow(member)) {
            if (member.isJoined()) {
                tooSlow++;
                model.leave(member);
            }
            member.phase = Phase.LEFT;
        }
    }

    private void requireTooSlow(Member member) {
        long bytes = 2 * member.promisedSize()
                + 600L * member.promised().size()
                + member.peer.session().outbox().bytes();
        assertThat(member.promised().size() + member.peer.underWay() >= limits.maxMessages()
                        || bytes >= limits.maxBytes())
                .as(
                        "%s is cut with %s messages under way and %s promised, at most %s bytes, by %s: %s",
                        member, member.peer.underWay(), member.promised().size(), bytes, limits, member.promised())
                .isTrue();
    }

    private void checkOutbox(Member member) {
        int messages = member.peer.session().outbox().messages();
        long bytes = member.peer.session().outbox().bytes();
        assertThat(messages)
                .as("messages in the outbox of %s, under way and promised: %s", member, member.promised())
                .isEqualTo(member.peer.underWay() + member.promised().size());
        assertThat(bytes)
                .as("bytes in the outbox of %s", member)
                .isGreaterThanOrEqualTo(member.promisedSize() / 2); // CBOR says it shorter
        assertThat(bytes == 0).as("%s messages are %s bytes", messages, bytes).isEqualTo(messages == 0);
        assertThat(messages).isLessThanOrEqualTo(limits.maxMessages());
        if (messages > 1) {
            assertThat(bytes).isLessThanOrEqualTo(limits.maxBytes());
        }
        if (member.reading) {
            assertThat(member.promised().size())
                    .as("promises to %s, who reads", member)
                    .isZero();
            assertThat(member.phase == Phase.LEFT)
                    .as("%s in phase %s is closed: %s", member, member.phase, member.peer.closeReason())
                    .isEqualTo(member.peer.closeReason().isPresent() && !hasOnlyLostItsTransport(member));
        }
    }

    /** The transport has failed, and the container has not said so yet. */
    private static boolean hasOnlyLostItsTransport(Member member) {
        return member.deaf && member.phase != Phase.LEFT;
    }

    private void checkMetrics() {
        Metrics.Snapshot counted = router.metrics();
        assertThat(counted)
                .isEqualTo(new Metrics.Snapshot(
                        model.joined,
                        model.left,
                        tooSlow,
                        model.violations,
                        model.publications,
                        0,
                        model.events,
                        model.calls,
                        0,
                        0));
    }

    /** All read on, then all go, one way or another; nothing is left of them. */
    private void end() {
        for (Member member : List.copyOf(members)) {
            if (!member.deaf) {
                steps.readOn(member);
                tell(member + " reads on, at the end");
                check();
                assertThat(member.promised().size())
                        .as("promises to %s", member)
                        .isZero();
            }
        }
        for (Member member : List.copyOf(members)) {
            if (random.nextBoolean() && member.isJoined() && !member.deaf) {
                tell(steps.farewell(member));
                check();
            }
            disconnect(member);
            tell(member + " is disconnected, at the end");
            check();
        }
        assertThat(model.left).isEqualTo(model.joined);
        REALMS.forEach(this::requireEmpty);
    }

    private void requireEmpty(String realm) {
        Peer fresh = router.connect().join(realm);
        model.joined++;
        long request = 0;
        for (String procedure : Steps.PROCEDURES) {
            fresh.says("[64," + ++request + ",{},'" + procedure + "']");
            assertThat(fresh.hears()).as("%s is free again", procedure).startsWith("[65," + request + ",");
        }
        for (String topic : Steps.TOPICS) {
            fresh.says("[16," + ++request + ",{},'" + topic + "']");
            model.publications++;
        }
        fresh.hearsNothing();
        checkMetrics(); // above all: no event for a subscriber who is not there any more
        fresh.vanishes();
        model.left++;
        checkMetrics();
    }

    private void tell(String step) {
        told.add(step);
        if (told.size() > STEPS_TOLD) {
            told.remove();
        }
    }

    /** The sessions of this run, all of which have ended; held weakly. */
    List<WeakReference<Session>> sessions() {
        return sessions;
    }

    /** Where nobody can be who is not remembered by the router itself. */
    TestRouter router() {
        return router;
    }
}
