package dev.carillon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.client.Arguments;
import dev.carillon.client.JsonbMapping;
import dev.carillon.client.RequestFailed;
import dev.carillon.client.SessionClosed;
import dev.carillon.executor.OrderedExecutor;
import dev.carillon.history.HistorySettings;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.BackendTickets;
import dev.carillon.security.TicketAuthenticator;
import dev.carillon.security.Tickets;
import dev.carillon.support.HandMovedClock;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A client against a real router, in one thread, with a network and a clock that tests move. */
class WampClientTest {

    private static final String SECRET = "correct horse battery staple";

    private final HandMovedClock clock = new HandMovedClock();
    private final List<String> news = new ArrayList<>();
    private final List<Object> heard = new ArrayList<>();
    private boolean forbidden;
    private TestRouter router = TestRouter.openWith(HistorySettings.parse("prefix kept/ keep 5"));
    private InMemoryDialer network = new InMemoryDialer(router.router());

    // --- Connecting --------------------------------------------------------------------------------------------------

    @Test
    void aClientIsConnectedUntilItSaysGoodbye() {
        WampClient client = client();
        assertThat(client.isConnected()).isFalse();
        assertThat(client.connect()).isCompletedWithValue(client);
        assertThat(client.isConnected()).isTrue();
        assertThat(client.connect()).isCompletedWithValue(client);
        client.disconnect();
        assertThat(client.isConnected()).isFalse();
        assertThat(network.dialled).isEqualTo(1);
        assertThat(client.connect()).isCompletedWithValue(client);
    }

    @Test
    void theFirstRequestConnects() {
        assertThat(client().publish("kept/a", 1)).isCompleted();
    }

    @Test
    void aBrokenConnectionComesBackByItselfAfterARandomWhile() {
        WampClient client = connected();
        network.breaks();
        assertThat(client.isConnected()).isFalse();
        clock.move(Duration.ofMillis(549)); // half of the first second, and the least
        assertThat(client.isConnected()).isFalse();
        clock.move(Duration.ofMillis(1));
        assertThat(client.isConnected()).isTrue();
        assertThat(news).containsExactly("connected", "lost: the connection was closed (1011), 550 ms", "connected");
    }

    @Test
    void aServerThatStaysAwayIsAskedLessAndLessOften() {
        connected();
        network.goesDown();
        clock.move(Duration.ofMinutes(5));
        assertThat(news.stream().filter(one -> one.startsWith("lost")).map(one -> one.replaceFirst(".*, ", "")))
                .startsWith("550 ms", "1050 ms", "2050 ms", "4050 ms", "8050 ms", "15050 ms", "15050 ms");
        network.comesUp();
        clock.move(Duration.ofMinutes(1));
        assertThat(news).last().isEqualTo("connected");
    }

    @Test
    void betweenTwoAttemptsRequestsFailAtOnceAndSayWhy() {
        WampClient client = connected();
        network.goesDown();
        assertThatThrownBy(() -> client.publish("kept/a", 1).join())
                .hasCauseInstanceOf(SessionClosed.class)
                .hasMessageContaining("not connected to ws://127.0.0.1:1/wamp (realm realm1)")
                .hasMessageContaining("the connection was closed (1011)");
        clock.move(Duration.ofSeconds(1));
        assertThatThrownBy(() -> client.publish("kept/a", 1).join()).hasMessageContaining("Connection refused");
    }

    @Test
    void connectDoesNotWaitForTheNextAttempt() {
        WampClient client = connected();
        network.breaks();
        assertThat(client.connect()).isCompleted();
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void aDisconnectedClientStaysAway() {
        WampClient client = connected();
        network.goesDown();
        client.disconnect();
        network.comesUp();
        clock.move(Duration.ofMinutes(5));
        assertThat(network.dialled).isEqualTo(1);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aClosedClientDoesNothingAnyMore() {
        WampClient client = connected();
        client.close();
        client.close();
        assertThat(client.isConnected()).isFalse();
        assertThat(failure(client.connect())).isInstanceOf(SessionClosed.class).hasMessage("the client is closed");
        assertThat(failure(client.publish("kept/a"))).hasMessage("the client is closed");
        assertThat(failure(client.subscribe("kept/a", event -> {}))).hasMessage("the client is closed");
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aRouterThatDoesNotAnswerIsAnOutage() {
        WampClient client = connected();
        clock.move(Duration.ofSeconds(60));
        assertThat(client.isConnected()).isTrue();
        network.fallsSilent();
        clock.move(Duration.ofSeconds(59));
        assertThat(client.isConnected()).isTrue();
        clock.move(Duration.ofSeconds(22));
        assertThat(news).contains("lost: the router has given no sign of life for too long, 550 ms");
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void withoutAThreadThereIsNoConnectionNowButLater() {
        List<Runnable> refused = new ArrayList<>();
        WampClient client = new WampClient(
                settings(),
                surroundings(network, anonymous(), task -> {
                    if (refused.isEmpty()) {
                        refused.add(task);
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                }),
                new ConnectionListener() {});
        assertThat(failure(client.connect())).hasMessage("there is no thread to connect on");
        clock.move(Duration.ofSeconds(1));
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void aListenerThatFailsKeepsNothingFromGoingOn() {
        WampClient client = new WampClient(settings(), surroundings(network, anonymous()), new ConnectionListener() {
            @Override
            public void connected(long session) {
                throw new IllegalStateException("a fault of the application");
            }
        });
        assertThat(client.connect()).isCompleted();
        assertThat(client.publish("kept/a", 1)).isCompleted();
    }

    // --- Who it is ---------------------------------------------------------------------------------------------------

    @Test
    void aSecretMakesTheTicketsOfABackend() {
        secured();
        WampClient client = client(Credentials.secret(SECRET, Optional.of("billing")));
        assertThat(client.connect()).isCompleted();
        assertThat(client.call("wamp.session.get", Arguments.of(client.id()))
                        .join()
                        .get(0, java.util.Map.class))
                .containsEntry("authid", "billing")
                .containsEntry("authrole", "backend");
        network.breaks();
        clock.move(Duration.ofSeconds(1));
        assertThat(client.isConnected()).as("with another ticket").isTrue();
    }

    @Test
    void aWrongSecretIsSaidAndTriedAgainLater() {
        secured();
        WampClient client = client(Credentials.secret("another secret altogether", Optional.empty()));
        Throwable failure = failure(client.connect());
        assertThat(failure).hasMessageContaining("wamp.error.authentication_denied");
        assertThat(((SessionClosed) failure).reason()).contains("wamp.error.authentication_denied");
        clock.move(Duration.ofMinutes(1));
        assertThat(network.dialled).isGreaterThan(1);
    }

    @Test
    void aTicketThatCannotBeHadIsAReason() {
        secured();
        WampClient client = client(Credentials.tickets(
                () -> {
                    throw new IllegalStateException("the vault is locked");
                },
                Optional.empty()));
        assertThat(failure(client.connect())).hasMessageContaining("the vault is locked");
    }

    // --- Listening ---------------------------------------------------------------------------------------------------

    @Test
    void whatWasMissedComesInOrderAndOnce() {
        WampClient client = client();
        client.subscribe("kept/a", SubscribeOptions.exact().onGap(topic -> heard.add("gap")), this::hear);
        publish("kept/a", 1, 2);
        network.goesDown();
        publish("kept/a", 3, 4);
        network.comesUp();
        clock.move(Duration.ofSeconds(2));
        publish("kept/a", 5);
        assertThat(heard).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aConnectionThatIsLostBeforeTheRouterHasSaidWhatWasMissedIsNoGap() {
        WampClient client = client();
        client.subscribe("kept/a", SubscribeOptions.exact().onGap(topic -> heard.add("gap")), this::hear);
        publish("kept/a", 1);
        network.breaks();
        publish("kept/a", 2);
        network.breaksBehindSubscribed = true;
        clock.move(Duration.ofSeconds(1));
        assertThat(client.isConnected()).isFalse();
        publish("kept/a", 3);
        clock.move(Duration.ofSeconds(1));
        assertThat(heard).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsNotKeptAnyMoreIsAGap() {
        WampClient client = client();
        client.subscribe("kept/a", SubscribeOptions.exact().onGap(topic -> heard.add("gap in " + topic)), this::hear);
        publish("kept/a", 1);
        network.goesDown();
        publish("kept/a", 2, 3, 4, 5, 6, 7);
        network.comesUp();
        clock.move(Duration.ofSeconds(2));
        publish("kept/a", 8);
        assertThat(heard).containsExactly(1, "gap in kept/a", 8);
    }

    @Test
    void withoutAHistoryEachOutageIsAGap() {
        WampClient client = client();
        client.subscribe("plain", SubscribeOptions.exact().onGap(topic -> heard.add("gap")), this::hear);
        publish("plain", 1);
        network.breaks();
        publish("plain", 2);
        clock.move(Duration.ofSeconds(1));
        publish("plain", 3);
        assertThat(heard).containsExactly(1, "gap", 3);
    }

    @Test
    void aSubscriptionGoesOnWhereAnotherHasEnded() {
        publish("kept/a", 1, 2, 3);
        WampClient client = client();
        client.subscribe("kept/a", SubscribeOptions.exact().after("epoch1:1"), this::hear);
        assertThat(heard).containsExactly(2, 3);
    }

    @Test
    void aPositionIsWhereTheListenerIs() {
        RemoteSubscription subscription = client().subscribe("kept/a", SubscribeOptions.exact(), this::hear)
                .join();
        publish("kept/a", 1, 2);
        assertThat(subscription.position()).contains("epoch1:2");
    }

    @Test
    void aSecondListenerDoesNotMakeTheFirstHearTwice() {
        WampClient client = client();
        client.subscribe("kept/a", this::hear);
        publish("kept/a", 1, 2);
        List<Object> second = new ArrayList<>();
        client.subscribe(
                "kept/a",
                SubscribeOptions.exact().after("epoch1:0").onGap(topic -> second.add("gap")),
                event -> second.add(event.payload(Integer.class)));
        publish("kept/a", 3);
        assertThat(heard).containsExactly(1, 2, 3);
        assertThat(second).endsWith(3);
    }

    @Test
    void whatAClientPublishesItselfIsNotReplayedToIt() {
        WampClient client = connected();
        client.subscribe("kept/a", this::hear);
        client.publish("kept/a", 1);
        network.breaks();
        publish("kept/a", 2);
        clock.move(Duration.ofSeconds(1));
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void patternsMatchAndSayTheTopic() {
        WampClient client = client();
        client.subscribe("kept/", SubscribeOptions.prefix(), event -> heard.add(event.topic()));
        publish("kept/a", 1);
        publish("kept/b", 1);
        publish("plain", 1);
        assertThat(heard).containsExactly("kept/a", "kept/b");
    }

    @Test
    void whatIsRetainedComesToWhoAsksForIt() {
        connected().publishRetained("plain", Arguments.of(7));
        client().subscribe("plain", SubscribeOptions.exact().withRetained(), this::hear);
        client().subscribe("plain", this::hear);
        assertThat(heard).containsExactly(7);
    }

    @Test
    void whoHasUnsubscribedHearsNothingAlsoAfterAnOutage() {
        WampClient client = client();
        var subscription = client.subscribe("kept/a", this::hear).join();
        publish("kept/a", 1);
        assertThat(subscription.unsubscribe()).isCompleted();
        network.breaks();
        clock.move(Duration.ofSeconds(1));
        publish("kept/a", 2);
        assertThat(heard).containsExactly(1);
    }

    @Test
    void aSubscriptionWaitsForTheConnection() {
        WampClient client = connected();
        network.goesDown();
        var subscription = client.subscribe("kept/a", this::hear);
        assertThat(subscription).isNotDone();
        network.comesUp();
        clock.move(Duration.ofSeconds(2));
        assertThat(subscription).isCompleted();
    }

    @Test
    void whoDoesNotWaitAnyMoreDoesNotListen() {
        WampClient client = connected();
        network.goesDown();
        client.subscribe("kept/a", this::hear).cancel(false);
        client.subscribe("kept/a", SubscribeOptions.exact(), this::hear).cancel(false);
        network.comesUp();
        clock.move(Duration.ofSeconds(2));
        assertThat(client.isConnected()).isTrue();
        publish("kept/a", 1);
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerMayCloseTheClientAndThenHearsNoMore() {
        publish("kept/a", 1, 2, 3);
        WampClient client = client();
        client.subscribe("kept/a", SubscribeOptions.exact().after("epoch1:0"), event -> {
            hear(event);
            client.close();
        });
        assertThat(heard).containsExactly(1);
        assertThat(client.isConnected()).isFalse();
    }

    @Test
    void aTopicThatIsRefusedFailsAndALostRightIsTold() {
        guarded();
        WampClient client = client();
        assertThat(client.subscribe("plain", this::hear)).isCompleted();
        forbidden = true;
        assertThat(failure(client.subscribe("other", this::hear)))
                .isInstanceOf(RequestFailed.class)
                .hasMessageContaining("not for you");
        network.breaks();
        clock.move(Duration.ofSeconds(1));
        assertThat(news).anyMatch(one -> one.startsWith("refused plain: ") && one.contains("not for you"));
    }

    @Test
    void aRevokedSubscriptionIsTold() {
        guarded();
        WampClient client = client();
        client.subscribe("plain", this::hear);
        forbidden = true;
        router.router().recheck(session -> true);
        assertThat(news).anyMatch(one -> one.startsWith("refused plain: the router has ended the subscription"));
        network.breaks();
        forbidden = false;
        clock.move(Duration.ofSeconds(1));
        publish("plain", 1);
        assertThat(heard).isEmpty();
    }

    @Test
    void aRevokedRegistrationIsToldAndNotServedAgain() {
        guarded();
        WampClient client = client();
        client.register("sum", call -> 3);
        forbidden = true;
        router.router().recheck(session -> true);
        assertThat(news).anyMatch(one -> one.startsWith("refused sum: the router has ended the registration"));
        network.breaks();
        forbidden = false;
        clock.move(Duration.ofSeconds(1));
        assertThat(failure(another().call("sum", Integer.class))).isInstanceOf(RequestFailed.class);
    }

    // --- Calling and serving -----------------------------------------------------------------------------------------

    @Test
    void aProcedureIsServedAgainAfterAnOutage() {
        WampClient server = client();
        server.register(
                "sum",
                call -> call.arguments().get(0, int.class) + call.arguments().get(1, int.class));
        WampClient caller = another();
        assertThat(caller.call("sum", Integer.class, 1, 2)).isCompletedWithValue(3);
        network.breaks();
        assertThat(failure(caller.call("sum", Integer.class, 1, 2))).isInstanceOf(RequestFailed.class);
        clock.move(Duration.ofSeconds(1));
        assertThat(caller.call("sum", Integer.class, 1, 2)).isCompletedWithValue(3);
    }

    @Test
    void aProcedureThatTheOldSessionStillHoldsIsTakenWhenThatIsGone() {
        WampClient server = client();
        server.register("sum", call -> 1);
        WampClient caller = another();
        network.fallsSilent(); // the router goes on believing in the session
        clock.move(Duration.ofSeconds(85));
        assertThat(server.isConnected()).as("again").isTrue();
        assertThat(caller.call("sum", Integer.class)).as("in the old session").isNotDone();
        network.theRouterGivesUpTheFirst();
        clock.move(Duration.ofSeconds(10));
        assertThat(caller.call("sum", Integer.class)).isCompletedWithValue(1);
        assertThat(news).noneMatch(one -> one.startsWith("refused"));
    }

    @Test
    void aCallThatIsLostWithTheConnectionFails() {
        Peer page = router.join();
        page.says("[64,1,{},'slow']");
        CompletableFuture<Integer> answer = connected().call("slow", Integer.class);
        assertThat(answer).isNotDone();
        network.breaks();
        assertThat(failure(answer)).isInstanceOf(SessionClosed.class);
    }

    @Test
    void anArgumentThatCannotBeMappedFailsTheFutureOnly() {
        WampClient client = connected();
        Throwable failure = failure(client.publish("plain", new Object() {
            @SuppressWarnings("unused")
            public int getBroken() {
                throw new IllegalStateException("broken");
            }
        }));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(client.isConnected()).isTrue();
    }

    // --- Who must not be disturbed -----------------------------------------------------------------------------------

    @Test
    void aQuietPublisherNeverFails() {
        WampClient client = connected();
        QuietPublisher quiet = new QuietPublisher(client);
        assertThat(quiet.publish("plain", 1)).isCompletedWithValue(true);
        assertThat(quiet.call("nobody")).isCompletedWithValue(false);
        network.goesDown();
        assertThat(quiet.publish("plain", 1)).isCompletedWithValue(false);
        client.close();
        assertThat(quiet.publish("plain", 1)).isCompletedWithValue(false);
    }

    @Test
    void aCheckerAsksOnceUntilItIsReset() {
        ConnectionChecker checker = new ConnectionChecker("ws://127.0.0.1:1/wamp", this::client);
        assertThat(checker.isConfigured()).isTrue();
        assertThat(checker.isReachable()).isTrue();
        network.goesDown();
        assertThat(checker.isReachable()).isTrue();
        checker.reset();
        assertThat(checker.isReachable()).isFalse();
        assertThat(checker.problem()).contains("cannot connect to the router: Connection refused");
    }

    @Test
    void aCheckerDoesNotTryWhatIsNotConfigured() {
        ConnectionChecker checker = new ConnectionChecker("null");
        assertThat(checker.isConfigured()).isFalse();
        assertThat(checker.isReachable()).isFalse();
        assertThat(checker.problem()).contains("no router is configured");
    }

    // -----------------------------------------------------------------------------------------------------------------

    private void hear(dev.carillon.client.EventListener.ReceivedEvent event) {
        heard.add(event.payload(Integer.class));
    }

    private void publish(String topic, int... numbers) {
        for (int number : numbers) {
            router.publish(topic, "[" + number + "]");
        }
    }

    private void secured() {
        InstantSource now = InstantSource.system();
        TicketAuthenticator tickets = new TicketAuthenticator(
                new Tickets(Duration.ofMinutes(1), now, new SecureRandom()), new BackendTickets(SECRET, now), false);
        connectTo(TestRouter.with(tickets, Authorizer.OPEN));
    }

    private void guarded() {
        connectTo(TestRouter.with(Authenticator::anybody, request -> {
            if (forbidden) {
                throw new WampError(ErrorUri.NOT_AUTHORIZED, "not for you");
            }
        }));
    }

    private void connectTo(TestRouter other) {
        router = other;
        network = new InMemoryDialer(other.router());
    }

    private WampClient connected() {
        WampClient client = client();
        client.connect().join();
        return client;
    }

    private WampClient client() {
        return client(anonymous());
    }

    /** With a network of its own that does not fail. */
    private WampClient another() {
        return new WampClient(
                settings(),
                surroundings(new InMemoryDialer(router.router()), anonymous()),
                new ConnectionListener() {});
    }

    private static Credentials anonymous() {
        return Credentials.anonymous();
    }

    private WampClient client(Credentials credentials) {
        return new WampClient(settings(), surroundings(network, credentials), new ConnectionListener() {
            @Override
            public void connected(long session) {
                news.add("connected");
            }

            @Override
            public void lost(SessionClosed why, Duration retryIn) {
                news.add("lost: " + why.getMessage() + ", " + retryIn.toMillis() + " ms");
            }

            @Override
            public void refused(String uri, String why) {
                news.add("refused " + uri + ": " + why);
            }
        });
    }

    private static ConnectionSettings settings() {
        return ConnectionSettings.parse("ws://127.0.0.1:1/wamp?realm=realm1").orElseThrow();
    }

    private Surroundings surroundings(Dialer dialer, Credentials credentials) {
        return surroundings(dialer, credentials, Runnable::run);
    }

    private Surroundings surroundings(Dialer dialer, Credentials credentials, Executor threads) {
        RandomGenerator half = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return 0.5;
            }
        };
        return new Surroundings(
                dialer,
                credentials,
                new JsonbMapping(),
                threads,
                new OrderedExecutor(Runnable::run),
                this::after,
                half,
                1000,
                () -> {});
    }

    private Runnable after(Duration delay, Runnable task) {
        Runnable forget = clock.after(delay, task);
        clock.wind();
        return forget;
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("it should have failed");
        } catch (CompletionException failed) {
            return failed.getCause();
        }
    }
}
