package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.it.aftercommit.Clerk;
import dev.carillon.it.aftercommit.Courier;
import dev.carillon.it.aftercommit.Deed;
import dev.carillon.it.aftercommit.Depot;
import dev.carillon.it.aftercommit.Parcel;
import dev.carillon.notification.Notification;
import dev.carillon.router.Router;
import dev.carillon.security.BackendTickets;
import dev.carillon.support.Library;
import dev.carillon.support.WampClient;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.io.File;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is fired in a transaction reaches subscribers after commit, in order, once, and never after a rollback. Runs
 * inside the server, in a WAR of its own that has the library in WEB-INF/lib; alice, who subscribed, listens at the other
 * end of a real WebSocket.
 *
 * <p>Nothing here waits for nothing to happen. That something was not sent shows in what is heard next: a notification
 * fired at once, outside of the transaction, and, when alice leaves at the end of each test, the answer to her goodbye.
 */
@ArquillianTest
public class AfterCommitIT {

    private static final String SECRET = "only for this test, nothing to hide";
    private static final int HTTP_PORT = 8080;
    private static final long PATIENCE_SECONDS = 20;
    private static final AtomicLong IDS = new AtomicLong();

    @Inject
    Depot depot;

    @Inject
    Courier courier;

    @Inject
    Clerk clerk;

    @Inject
    Event<Notification> notifications;

    @Inject
    Event<Deed> deeds;

    @Inject
    Router router;

    @Resource
    ManagedExecutorService executor;

    @Resource
    UserTransaction userTransaction;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    private final long id = IDS.incrementAndGet();
    private final Parcel parcel = new Parcel(id, "place " + id);
    private final String topic = parcel.topic();
    private WampClient alice;

    @Deployment
    static WebArchive war() {
        File assertJ = new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        return Library.war("after-commit.war", Parcel.class.getPackage())
                .addAsResource("aftercommit/persistence.xml", "META-INF/persistence.xml")
                .addAsResource(
                        new StringAsset("carillon.backend.secret=" + SECRET),
                        "META-INF/microprofile-config.properties")
                .addClasses(AfterCommitIT.class, WampClient.class)
                .addAsLibrary(assertJ);
    }

    @BeforeEach
    void aliceSubscribes() {
        int port = HTTP_PORT + Integer.getInteger("jboss.socket.binding.port-offset", 0);
        String ticket = new BackendTickets(SECRET, InstantSource.system())
                .issue(Instant.now().plusSeconds(60), UUID.randomUUID().toString());
        alice = WampClient.connect(URI.create("ws://127.0.0.1:" + port + "/after-commit/wamp"))
                .joins("carillon", ticket)
                .subscribes(topic);
    }

    @AfterEach
    void aliceHasHeardEverything() {
        try (WampClient leaving = alice) {
            depot.announceAtOnce(topic, "the end");
            aliceHears("the end");
            leaving.leaves();
        }
    }

    // --- After commit, whoever fires -------------------------------------------------------------------------------

    @Test
    void anEjbIsHeardAfterCommit() {
        depot.inTransaction(() -> {
            depot.announce(topic, "by an EJB");
            nothingIsHeardYet();
        });
        aliceHears("by an EJB");
    }

    @Test
    void aCdiBeanIsHeardAfterCommit() {
        courier.inTransaction(() -> {
            courier.announce(topic, "by a CDI bean");
            nothingIsHeardYet();
        });
        aliceHears("by a CDI bean");
    }

    @Test
    void anEntityListenerIsHeardAfterCommit() {
        depot.inTransaction(() -> {
            depot.add(parcel);
            depot.flush();
            nothingIsHeardYet();
        });
        aliceHears("persisted in place " + id);
    }

    @Test
    void anEntityListenerIsHeardIfTheFlushAtCommitIsTheFirstToFire() {
        depot.add(parcel);
        aliceHears("persisted in place " + id);

        depot.move(id, "the harbour");
        aliceHears("updated to the harbour");

        depot.remove(id);
        aliceHears("removed from the harbour");
    }

    @Test
    void fireAsyncIsHeardAfterCommitIfObservedBefore() {
        depot.inTransaction(() -> {
            CompletableFuture<Notification> observed = notifications
                    .fireAsync(Notification.to(topic).with("async"))
                    .toCompletableFuture();
            observed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            nothingIsHeardYet();
        });
        aliceHears("async");
    }

    @Test
    void fireAsyncIsHeardIfObservedAfterCommit() {
        Queue<Runnable> later = new ArrayDeque<>();
        depot.inTransaction(() ->
                notifications.fireAsync(Notification.to(topic).with("late"), NotificationOptions.ofExecutor(later::add)));
        nothingIsHeardYet();

        later.remove().run();
        aliceHears("late");
    }

    @Test
    void anObserverOfTheCommitIsHeard() {
        depot.inTransaction(() -> {
            deeds.fire(new Deed(topic, "behind the commit"));
            depot.announce(topic, "in the transaction");
            nothingIsHeardYet();
        });
        assertThat(List.of(alice.hearsEvent(), alice.hearsEvent()))
                .containsExactlyInAnyOrder(json("in the transaction"), json("behind the commit"));
    }

    @Test
    void withoutATransactionItIsHeardAtOnce() {
        notifications.fire(Notification.to(topic).with("at once"));
        aliceHears("at once");

        notifications.fireAsync(Notification.to(topic).with("and async"));
        aliceHears("and async");

        notifications.fire(Notification.to(topic));
        assertThat(alice.hearsEvent()).as("payload").isEmpty();
    }

    // --- In order, and once ----------------------------------------------------------------------------------------

    @Test
    void whatTheFlushAtCommitFiresComesLast() {
        depot.inTransaction(() -> {
            depot.announce(topic, "first");
            depot.add(parcel);
            courier.announce(topic, "second");
        });
        aliceHears("first", "second", "persisted in place " + id);
    }

    @Test
    void aHundredFromAllSourcesArriveInOrderAndOnce() {
        List<String> fired = new ArrayList<>();
        depot.inTransaction(() -> {
            depot.add(parcel);
            depot.flush();
            fired.add("persisted in place " + id);
            for (int i = 1; i < 99; i += 3) {
                depot.announce(topic, "EJB " + i);
                fired.add("EJB " + i);
                courier.announce(topic, "CDI bean " + (i + 1));
                fired.add("CDI bean " + (i + 1));
                String place = "shelf " + (i + 2);
                depot.move(id, place);
                depot.flush();
                fired.add("updated to " + place);
            }
            nothingIsHeardYet();
        });
        assertThat(fired).hasSize(100);
        aliceHears(fired.toArray(String[]::new));
    }

    @Test
    void oneTransactionBehindTheOtherIsHeardInThisOrder() {
        String[] numbers = new String[50];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = "number " + i;
            depot.announce(topic, numbers[i]);
        }
        aliceHears(numbers);
    }

    @Test
    void twoTransactionsAtTheSameTimeAreBothHeard() {
        CyclicBarrier bothHaveFired = new CyclicBarrier(2);
        List<CompletableFuture<Void>> both = List.of("one", "other").stream()
                .map(who -> CompletableFuture.runAsync(
                        () -> depot.inTransaction(() -> {
                            depot.announce(topic, who + " begins");
                            await(bothHaveFired);
                            depot.announce(topic, who + " ends");
                        }),
                        executor))
                .toList();
        both.forEach(transaction -> transaction.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());

        List<String> heard = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            heard.add(alice.hearsEvent());
        }
        assertThat(heard)
                .containsSubsequence(json("one begins"), json("one ends"))
                .containsSubsequence(json("other begins"), json("other ends"));
    }

    // --- Never after a rollback ------------------------------------------------------------------------------------

    @Test
    void nobodyIsHeardWhoseTransactionIsSetToRollBack() {
        depot.inTransaction(() -> {
            depot.announce(topic, "EJB");
            courier.announce(topic, "CDI bean");
            depot.add(parcel);
            depot.flush();
            depot.setRollbackOnly();
            depot.announce(topic, "fired behind setRollbackOnly");
        });
        assertThat(depot.find(id)).as("the parcel").isNull();
    }

    @Test
    void firingIsAllowedIfTheTransactionIsToRollBackFromTheStart() {
        depot.inTransaction(() -> {
            depot.setRollbackOnly();
            depot.announce(topic, "the only one");
        });
    }

    @Test
    void anEjbThatThrowsIsNotHeard() {
        assertThatThrownBy(() -> depot.inTransaction(() -> {
                    depot.announce(topic, "in vain");
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(EJBException.class)
                .hasRootCauseMessage("on purpose");
    }

    @Test
    void aCdiBeanThatThrowsIsNotHeard() {
        assertThatThrownBy(() -> courier.inTransaction(() -> {
                    courier.announce(topic, "in vain");
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
    }

    @Test
    void anEntityListenerIsNotHeardIfTheFlushAtCommitFailsBehindIt() {
        Parcel occupant = new Parcel(IDS.incrementAndGet(), "the crane " + id);
        Parcel unlucky = new Parcel(IDS.incrementAndGet(), "the gate " + id);
        depot.add(occupant);
        depot.add(parcel);
        depot.add(unlucky);
        aliceHears("persisted in place " + id);

        int firedBefore = clerk.firedSoFar();
        assertThatThrownBy(() -> depot.inTransaction(() -> {
                    depot.move(id, "the ship " + id); // its listener fires in the flush
                    depot.move(unlucky.id(), occupant.getPlace());
                }))
                .isInstanceOf(EJBException.class);
        assertThat(clerk.firedSoFar() - firedBefore).as("fired in the flush").isEqualTo(1);
        assertThat(depot.find(id).getPlace()).isEqualTo("place " + id);
    }

    @Test
    void aTransactionThatTimesOutIsNotHeard() throws Exception {
        CountDownLatch timedOut = new CountDownLatch(1);
        userTransaction.setTransactionTimeout(1);
        userTransaction.begin();
        try {
            depot.announce(topic, "in time");
            transactions.registerInterposedSynchronization(atTheEnd(timedOut::countDown));
            assertThat(timedOut.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("timed out").isTrue();
            notifications.fire(Notification.to(topic).with("too late"));
        } finally {
            userTransaction.setTransactionTimeout(0); // the default again
            userTransaction.rollback();
        }
    }

    @Test
    void fireAsyncIsNotHeardAfterARollbackWheneverObserved() {
        Queue<Runnable> later = new ArrayDeque<>();
        depot.inTransaction(() -> {
            notifications
                    .fireAsync(Notification.to(topic).with("observed before"))
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            notifications.fireAsync(
                    Notification.to(topic).with("observed behind"), NotificationOptions.ofExecutor(later::add));
            depot.setRollbackOnly();
        });
        later.remove().run();
    }

    @Test
    void aTransactionInsideIsHeardThoughTheOuterOneRollsBack() {
        depot.inTransaction(() -> {
            depot.announce(topic, "outer");
            depot.inNewTransaction(() -> {
                depot.announce(topic, "inner");
                nothingIsHeardYet();
            });
            aliceHears("inner");
            depot.announce(topic, "outer again");
            depot.setRollbackOnly();
        });
    }

    @Test
    void aTransactionOutsideIsHeardThoughTheInnerOneRollsBack() {
        depot.inTransaction(() -> {
            depot.announce(topic, "outer");
            depot.inNewTransaction(() -> {
                depot.announce(topic, "inner");
                depot.setRollbackOnly();
            });
            depot.announce(topic, "outer again");
            nothingIsHeardYet();
        });
        aliceHears("outer", "outer again");
    }

    // --- The payload, and what cannot be delivered -----------------------------------------------------------------

    @Test
    void aPayloadIsWhatTheObjectWasWhenTheNotificationWasMade() {
        depot.inTransaction(() -> {
            Map<String, Object> order = new HashMap<>(Map.of("status", "packed"));
            Notification made = Notification.to(topic).with(order);
            order.put("status", "shipped");
            notifications.fire(made);
            order.put("status", "lost");
        });
        assertThat(alice.hearsEvent()).isEqualTo("[{\"status\":\"packed\"}]");
    }

    @Test
    void anEntityIsMappedAsItWasThen() {
        depot.inTransaction(() -> {
            depot.announce(topic, parcel);
            parcel.setPlace("elsewhere");
        });
        assertThat(alice.hearsEvent()).isEqualTo("[{\"place\":\"place " + id + "\"}]");
    }

    @Test
    void aPayloadThatCannotBeMappedDoesNotHarmTheTransaction() {
        staysCommittedThough(() -> depot.announce(topic, new Broken()));
    }

    @Test
    void aCyclicPayloadDoesNotHarmTheTransaction() {
        staysCommittedThough(() -> depot.announce(topic, new Cyclic()));
    }

    @Test
    void anEndlessPayloadDoesNotHarmTheTransaction() {
        staysCommittedThough(() -> depot.announce(topic, new Endless()));
    }

    @Test
    void aBrokenCollectionAsPayloadDoesNotHarmTheTransaction() {
        staysCommittedThough(() -> depot.announce(topic, new BrokenList()));
    }

    @Test
    void aTopicThatNobodyDeclaredDoesNotHarmTheTransaction() {
        staysCommittedThough(() -> depot.announce("nobody/declared/this", "lost"));
    }

    @Test
    void anIllegalTopicDoesNotHarmTheTransaction() {
        staysCommittedThough(() -> depot.announce("a..b", "lost"));
    }

    /** The work is done, what was fired besides is heard, and the one notification is counted as dropped. */
    private void staysCommittedThough(Runnable fireWhatIsDropped) {
        long droppedBefore = router.metrics().snapshot().notificationsDropped();
        depot.inTransaction(() -> {
            depot.announce(topic, "before");
            fireWhatIsDropped.run();
            depot.add(parcel);
        });
        aliceHears("before", "persisted in place " + id);
        assertThat(depot.find(id)).as("the parcel").isNotNull();
        assertThat(router.metrics().snapshot().notificationsDropped() - droppedBefore).isEqualTo(1);
    }

    /** What is fired outside of the transaction overtakes everything that was fired in it. */
    private void nothingIsHeardYet() {
        String marker = "marker " + UUID.randomUUID();
        depot.announceAtOnce(topic, marker);
        aliceHears(marker);
    }

    private void aliceHears(String... texts) {
        for (String text : texts) {
            assertThat(alice.hearsEvent()).isEqualTo(json(text));
        }
    }

    private static Synchronization atTheEnd(Runnable action) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                action.run();
            }
        };
    }

    private static String json(String text) {
        return "[\"" + text + "\"]";
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the other transaction did not come so far", e);
        }
    }

    /** As an entity whose lazy part is gone. */
    public static class Broken {
        public String getName() {
            throw new IllegalStateException("no session any more");
        }
    }

    public static class Cyclic {
        public Cyclic getSelf() {
            return this;
        }
    }

    public static class Endless {
        public Endless getNext() {
            return new Endless();
        }
    }

    /** As a lazy collection whose persistence context is gone. */
    public static class BrokenList extends AbstractList<String> {
        @Override
        public String get(int index) {
            throw new UnsupportedOperationException("no session any more");
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
