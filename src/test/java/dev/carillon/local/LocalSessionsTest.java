package dev.carillon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.client.ApplicationError;
import dev.carillon.client.Arguments;
import dev.carillon.client.CallHandler;
import dev.carillon.client.Received;
import dev.carillon.client.RequestFailed;
import dev.carillon.client.SessionClosed;
import dev.carillon.client.WampSession;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.BackendTickets;
import dev.carillon.security.Identity;
import dev.carillon.security.TicketAuthenticator;
import dev.carillon.security.Tickets;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A session in process, against a router and a page's peer. The application's threads run by hand. */
class LocalSessionsTest {

    private final TestRouter router = TestRouter.open();
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private boolean stopped;
    private int contexts;
    private final LocalSessions sessions = new LocalSessions(
            router.router(),
            this::start,
            task -> {
                contexts++;
                task.run();
            },
            3);
    private final WampSession session = sessions.inRealm(TestRouter.REALM);
    private final Peer page = router.join();
    private final List<String> heard = new ArrayList<>();

    // --- Opening and closing -----------------------------------------------------------------------------------------

    @Test
    void aRealmHasOneSharedSessionAndAnyNumberOfOthers() {
        assertThat(sessions.inRealm(TestRouter.REALM)).isSameAs(session);
        assertThat(sessions.inRealm("realm2").id()).isNotEqualTo(session.id());
        WampSession own = sessions.open(TestRouter.REALM);
        assertThat(own.id()).isNotEqualTo(session.id());
        assertThat(own.realm()).isEqualTo(TestRouter.REALM);
        own.close();
        assertThat(own.isOpen()).isFalse();
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void aRealmThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> sessions.inRealm("nowhere"))
                .isInstanceOf(SessionClosed.class)
                .hasMessageContaining("wamp.error.no_such_realm");
    }

    @Test
    void theSessionIsTheApplicationsWhateverOthersMustPresent() {
        TicketAuthenticator tickets = new TicketAuthenticator(
                new Tickets(Duration.ofSeconds(60), InstantSource.system(), new SecureRandom()),
                new BackendTickets(null, InstantSource.system()),
                false);
        List<Identity> seen = new ArrayList<>();
        for (Authenticator authenticator : List.of(tickets, (Authenticator) Authenticator::anybody)) {
            TestRouter guarded = TestRouter.with(authenticator, request -> seen.add(request.who()));
            new LocalSessions(guarded.router(), Runnable::run, Runnable::run, 3)
                    .open(TestRouter.REALM)
                    .publish("topic")
                    .join();
        }
        assertThat(seen).containsExactly(Identity.APPLICATION, Identity.APPLICATION);
    }

    @Test
    void closingEndsWhatIsUnansweredAndAllThatComesLater() {
        page.says("[64,1,{},'page.answer']").hears();
        CompletableFuture<String> unanswered = session.call("page.answer", String.class);
        sessions.close();
        assertFails(unanswered, SessionClosed.class, "the session is closed");
        assertFails(session.publish("topic"), SessionClosed.class, "the session is closed");
        assertFails(session.subscribe("topic", event -> {}), SessionClosed.class, "the session is closed");
        assertThatThrownBy(() -> sessions.open(TestRouter.REALM)).isInstanceOf(SessionClosed.class);
        sessions.close();
    }

    @Test
    void whoCallsAnApplicationThatStopsIsToldSo() {
        session.register("application.later", call -> new CompletableFuture<>()).join();
        page.says("[48,1,{},'application.later']");
        runThreads();
        sessions.close();
        assertThat(page.hears()).startsWith("[8,48,1,").contains("wamp.error.canceled");
    }

    @Test
    void theRouterForgetsASessionThatIsClosed() {
        session.register("application.answer", call -> 1).join();
        session.close();
        page.says("[48,1,{},'application.answer']");
        assertThat(page.hears().startsWith("[68,") ? page.hears() : "").isEmpty();
    }

    @Test
    void aRouterThatStopsEndsTheSession() {
        CompletableFuture<Received> unanswered = callWhatIsNotAnswered();
        router.router().close();
        assertThat(session.isOpen()).isFalse();
        assertFails(unanswered, SessionClosed.class, "wamp.close.system_shutdown");
    }

    // --- Publishing and subscribing ----------------------------------------------------------------------------------

    @Test
    void aPublicationIsAnsweredWithItsId() {
        page.says("[32,1,{},'orders/17']").hears("[33,1,1]");
        long id = session.publish("orders/17", Map.of("status", "shipped"), 2).join();
        page.hears("[36,1," + id + ",{},[{'status':'shipped'},2]]");
        long other =
                session.publish("orders/17", Arguments.of().with("name", null)).join();
        page.hears("[36,1," + other + ",{},[],{'name':null}]");
        long nothing = session.publish("orders/17").join();
        page.hears("[36,1," + nothing + ",{}]");
    }

    @Test
    void whatCannotBeMappedIsNotSent() {
        assertThatThrownBy(() -> session.publish("orders/17", "fine", new Object() {
                    public String getName() {
                        throw new IllegalStateException("no session any more");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("argument 2 cannot be mapped to JSON");
    }

    @Test
    void aRefusalFailsWithItsUriAndSentence() {
        assertFails(session.publish("a..b"), RequestFailed.class, "publishing to a..b failed: wamp.error.invalid_uri");
        assertFails(session.subscribe("a..b", event -> {}), RequestFailed.class, "subscribing to a..b failed");
        assertFails(session.register("wamp.x", call -> 1), RequestFailed.class, "registering wamp.x failed");
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void listenersHearInOrderOnThreadsOfTheApplicationEachEventInAContext() {
        session.subscribe("orders", event -> heard.add(event.topic() + " " + event.payload(Integer.class)))
                .join();
        threads.clear(); // the future of the subscription is complete: it was waited for
        contexts = 0;
        page.says("[16,1,{},'orders',[1]]").says("[16,2,{},'orders',[2]]");
        assertThat(heard).as("on the page's thread").isEmpty();
        assertThat(threads).as("threads asked for").hasSize(1);
        runThreads();
        assertThat(heard).containsExactly("orders 1", "orders 2");
        assertThat(contexts).isEqualTo(2);
    }

    @Test
    void theApplicationMayWatchWhoSubscribesAndEachListenerHearsTheWholeListFirst() {
        router.join("bob", "sales").says("[32,1,{},'orders/17']").hears("[33,1,1]");
        for (String listener : List.of("first", "second")) {
            session.subscribe(
                            "carillon.presence.orders/17",
                            event -> heard.add(listener + " " + event.payload(Map.class)))
                    .join();
            runThreads();
        }
        router.join("alice", "sales").says("[32,1,{},'orders/17']").hears("[33,1,1]");
        runThreads();
        assertThat(heard)
                .containsExactly(
                        "first {users=[bob]}",
                        "first {users=[bob]}",
                        "second {users=[bob]}",
                        "first {joined=alice}",
                        "second {joined=alice}");
    }

    @Test
    void theApplicationHearsWhatItPublishesItself() {
        session.subscribe("orders", event -> heard.add(event.payload(String.class)))
                .join();
        session.publish("orders", "mine").join();
        runThreads();
        assertThat(heard).containsExactly("mine");
    }

    @Test
    void aListenerThatFailsHearsTheNextEvent() {
        session.subscribe("orders", event -> {
                    heard.add(event.payload(String.class));
                    throw new IllegalStateException("on purpose");
                })
                .join();
        page.says("[16,1,{},'orders',['one']]").says("[16,2,{},'orders',['two']]");
        runThreads();
        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void listenersOfOneTopicEndOneByOne() {
        WampSession.Subscription one =
                session.subscribe("orders", event -> heard.add("one")).join();
        WampSession.Subscription other =
                session.subscribe("orders", event -> heard.add("other")).join();
        page.says("[16,1,{},'orders']");
        runThreads();
        assertThat(heard).containsExactly("one", "other");

        one.unsubscribe().join();
        page.says("[16,2,{},'orders']");
        runThreads();
        assertThat(heard).containsExactly("one", "other", "other");

        page.says("[16,3,{},'orders']");
        other.unsubscribe().join();
        runThreads();
        assertThat(heard).as("what had waited when the listener ended").hasSize(3);
        other.unsubscribe().join();

        session.subscribe("orders", event -> heard.add("again")).join();
        page.says("[16,4,{},'orders']");
        runThreads();
        assertThat(heard).endsWith("again");
    }

    @Test
    void listenersThatAreTooSlowEndTheSessionAndNobodyElseNotices() {
        session.subscribe("orders", event -> {}).join();
        for (int i = 1; i <= 3; i++) {
            page.says("[16," + i + ",{},'orders']");
        }
        assertThat(session.isOpen()).isTrue();
        page.says("[16,4,{'acknowledge':true},'orders']");
        assertThat(page.hears()).startsWith("[17,4,");
        assertThat(session.isOpen()).isFalse();
        assertFails(session.publish("orders"), SessionClosed.class, "the listeners are too slow");
        assertThat(sessions.inRealm(TestRouter.REALM).isOpen()).as("a new one").isTrue();
    }

    // --- Calling -----------------------------------------------------------------------------------------------------

    @Test
    void aPagesProcedureIsCalledAndItsResultMapped() {
        page.says("[64,1,{},'page.sum']").hears();
        CompletableFuture<Integer> sum = session.call("page.sum", Integer.class, 2, 3);
        CompletableFuture<Received> all =
                session.call("page.sum", Arguments.of(1).with("by", "name"));
        page.hears("[68,1,1,{},[2,3]]").says("[70,1,{},[5]]");
        page.hears("[68,2,1,{},[1],{'by':'name'}]").says("[70,2,{},[1,2],{'k':[true]}]");
        assertThat(sum.join()).isEqualTo(5);
        assertThat(all.join().size()).isEqualTo(2);
        assertThat(all.join().names()).containsExactly("k");
        assertThat(all.join().get("k", List.class)).isEqualTo(List.of(true));
    }

    @Test
    void anErrorOfTheCalleeFailsTheCall() {
        page.says("[64,1,{},'page.sum']").hears();
        CompletableFuture<Integer> sum = session.call("page.sum", Integer.class);
        page.hears();
        page.says("[8,68,1,{},'page.error.tired',['not today',17]]");
        assertThatThrownBy(sum::join).cause().isInstanceOfSatisfying(RequestFailed.class, failure -> {
            assertThat(failure.error()).isEqualTo("page.error.tired");
            assertThat(failure).hasMessage("calling page.sum failed: page.error.tired (not today)");
            assertThat(failure.arguments().get(1, int.class)).isEqualTo(17);
        });
    }

    @Test
    void aResultOfAnotherTypeFailsTheCall() {
        page.says("[64,1,{},'page.sum']").hears();
        CompletableFuture<Integer> sum = session.call("page.sum", Integer.class);
        page.hears();
        page.says("[70,1,{},['five']]");
        assertFails(sum, IllegalArgumentException.class, "must be an integer that fits into 32 bits");
    }

    @Test
    void whatDependsOnAnAnswerRunsOnAThreadOfTheApplication() {
        page.says("[64,1,{},'page.sum']").hears();
        session.call("page.sum", Integer.class).thenAccept(sum -> heard.add("sum " + sum));
        page.hears();
        page.says("[70,1,{},[5]]");
        assertThat(heard).as("on the page's thread").isEmpty();
        runThreads();
        assertThat(heard).containsExactly("sum 5");
    }

    @Test
    void whoWaitsNeedsNoFurtherThread() throws Exception {
        page.says("[64,1,{},'page.sum']").hears();
        CompletableFuture<Integer> joined = session.call("page.sum", Integer.class);
        CompletableFuture<Integer> got = session.call("page.sum", Integer.class);
        CompletableFuture<Integer> inTime = session.call("page.sum", Integer.class);
        for (int i = 1; i <= 3; i++) {
            page.hears();
            page.says("[70," + i + ",{},[" + i + "]]");
        }
        assertThat(joined.join()).isEqualTo(1); // no thread has run
        assertThat(got.get()).isEqualTo(2);
        assertThat(inTime.get(20, TimeUnit.SECONDS)).isEqualTo(3);
        runThreads();
        assertThat(joined.join()).isEqualTo(1);
    }

    @Test
    void whoDoesNotWaitAnyLongerHearsNoAnswer() {
        page.says("[64,1,{},'page.sum']").hears();
        CompletableFuture<Integer> sum = session.call("page.sum", Integer.class).orTimeout(1, TimeUnit.MILLISECONDS);
        assertThatThrownBy(sum::join).isInstanceOf(CompletionException.class);
        page.hears();
        page.says("[70,1,{},[5]]");
        runThreads();
        assertThat(sum).isCompletedExceptionally();
    }

    @Test
    void aCallThatNobodyWaitsForIsCanceled() {
        Peer careful = router.joinWith("callee.call_canceling");
        careful.says("[64,1,{},'careful.sum']").hears();
        CompletableFuture<Integer> timed = session.call("careful.sum", Integer.class);
        timed.completeExceptionally(new TimeoutException()); // as orTimeout does, on a thread of its own
        CompletableFuture<Integer> canceled = session.call("careful.sum", Integer.class);
        canceled.cancel(true);
        careful.hears("[68,1,1,{}]").hears("[68,2,1,{}]").hearsNothing();
        runThreads();
        assertThat(careful.hearsAll())
                .containsExactlyInAnyOrder("[69,1,{\"mode\":\"killnowait\"}]", "[69,2,{\"mode\":\"killnowait\"}]");
        careful.says("[70,1,{},[5]]").says("[70,2,{},[5]]").isOpen();
        CompletableFuture<Integer> answered = session.call("careful.sum", Integer.class);
        careful.hears("[68,3,1,{}]").says("[70,3,{},[5]]");
        assertThat(answered.join()).isEqualTo(5);
        answered.cancel(true);
        runThreads();
        careful.hearsNothing();
        assertThat(session.isOpen()).isTrue();
    }

    // --- Serving -----------------------------------------------------------------------------------------------------

    @Test
    void aCallIsServedOnAThreadOfTheApplicationAndTheCallerIsDisclosed() {
        session.register("application.sum", call -> {
                    heard.add(call.details().string("caller_authid").orElse("?")
                            + call.details().entries().keySet().contains("caller"));
                    return call.arguments().get(0, int.class) + call.arguments().get(1, int.class);
                })
                .join();
        runThreads();
        page.says("[48,1,{},'application.sum',[2,3]]").hearsNothing();
        runThreads();
        page.hears("[50,1,{},[5]]");
        assertThat(heard).containsExactly("anonymoustrue");
    }

    @Test
    void callersAreNotDisclosedToPages() {
        page.says("[64,1,{},'page.sum']").hears();
        Peer other = router.join();
        other.says("[48,1,{},'page.sum',[2,3]]");
        page.hears("[68,1,1,{},[2,3]]");
    }

    @Test
    void resultsMayComeLaterAndInAnyForm() {
        CompletableFuture<Object> later = new CompletableFuture<>();
        session.register("application.later", call -> later).join();
        session.register("application.pair", call -> Arguments.of(1, 2).with("k", "v"))
                .join();
        session.register("application.null", call -> null).join();
        page.says("[48,1,{},'application.later']")
                .says("[48,2,{},'application.pair']")
                .says("[48,3,{},'application.null']");
        runThreads();
        page.hears("[50,2,{},[1,2],{'k':'v'}]").hears("[50,3,{},[null]]").hearsNothing();
        later.complete(List.of("there"));
        page.hears("[50,1,{},[['there']]]");
    }

    @Test
    void partsOfAResultReachTheCallerThatAskedForThemAndNobodyElse() {
        session.register("application.count", call -> {
                    call.progress().accept(Arguments.of(1));
                    call.progress().accept(Arguments.of(2).with("of", 3));
                    return 3;
                })
                .join();
        page.says("[48,1,{'receive_progress':true},'application.count']").says("[48,2,{},'application.count']");
        runThreads();
        page.hears("[50,1,{'progress':true},[1]]")
                .hears("[50,1,{'progress':true},[2],{'of':3}]")
                .hears("[50,1,{},[3]]")
                .hears("[50,2,{},[3]]")
                .hearsNothing();
    }

    @Test
    void aPartBehindTheAnswerIsLeftOutAndTheSessionServesOn() {
        CompletableFuture<Object> later = new CompletableFuture<>();
        List<Consumer<Arguments>> progress = new ArrayList<>();
        session.register("application.later", call -> {
                    progress.add(call.progress());
                    return later;
                })
                .join();
        session.register("application.sum", call -> 5).join();
        page.says("[48,1,{'receive_progress':true},'application.later']");
        runThreads();
        progress.get(0).accept(Arguments.of("on time"));
        later.completeExceptionally(new ApplicationError("shop.error.slow", "too slow"));
        progress.get(0).accept(Arguments.of("too late"));
        page.hears("[50,1,{'progress':true},['on time']]")
                .hears("[8,48,1,{},'shop.error.slow',['too slow']]")
                .hearsNothing()
                .says("[48,2,{},'application.sum']");
        runThreads();
        page.hears("[50,2,{},[5]]");
        assertThat(session.isOpen()).isTrue();
    }

    /** Is canceled by its own caller while it runs, which a test without threads can do. */
    private final class Canceled implements CallHandler {
        private final boolean interruptible;

        Canceled(boolean interruptible) {
            this.interruptible = interruptible;
        }

        @Override
        public boolean isInterruptible() {
            return interruptible;
        }

        @Override
        public Object called(ReceivedCall call) throws InterruptedException {
            page.says("[49,1,{'mode':'kill'}]");
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return "done";
        }
    }

    @Test
    void aHandlerThatSaysSoIsInterruptedAndItsCallerHearsThatItWas() {
        session.register("application.work", new Canceled(true)).join();
        page.says("[48,1,{},'application.work']");
        runThreads();
        page.hears("[8,48,1,{},'wamp.error.canceled',['the procedure was interrupted']]");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anotherHandlerIsLeftAloneAndItsAnswerCounts() {
        session.register("application.work", new Canceled(false)).join();
        page.says("[48,1,{},'application.work']");
        runThreads();
        page.hears("[50,1,{},['done']]");
    }

    @Test
    void anInterruptThatNobodyNoticedDoesNotStayWithTheThread() {
        session.register("application.work", new CallHandler() {
                    @Override
                    public boolean isInterruptible() {
                        return true;
                    }

                    @Override
                    public Object called(ReceivedCall call) {
                        page.says("[49,1,{}]");
                        return Thread.currentThread().isInterrupted();
                    }
                })
                .join();
        page.says("[48,1,{},'application.work']");
        runThreads();
        page.hears("[8,48,1,{},'wamp.error.canceled',['the call was canceled']]")
                .hearsNothing();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aCallThatIsCanceledBeforeItBeginsNeverBegins() {
        session.register("application.work", call -> heard.add("begun")).join();
        page.says("[48,1,{},'application.work']").says("[49,1,{'mode':'kill'}]");
        runThreads();
        page.hears("[8,48,1,{},'wamp.error.canceled',['the call was canceled before it began']]");
        assertThat(heard).isEmpty();
    }

    @Test
    void errorsOfTheApplicationAreToldAndOthersAreNot() {
        session.register("application.fails", call -> {
                    String how = call.arguments().get(0, String.class);
                    if (how.equals("told")) {
                        throw new ApplicationError(
                                "shop.error.sold_out",
                                "sold out",
                                Arguments.of("tea").with("left", 0));
                    } else if (how.equals("later")) {
                        return CompletableFuture.failedFuture(new ApplicationError("shop.error.closed", "closed"));
                    } else if (how.equals("illegal")) {
                        throw new ApplicationError("no uri!..", "sold out");
                    } else if (how.equals("unmappable")) {
                        return new Object() {
                            public String getName() {
                                throw new IllegalStateException("secret");
                            }
                        };
                    } else if (how.equals("error")) {
                        throw new StackOverflowError("secret");
                    }
                    throw new IllegalStateException("secret");
                })
                .join();
        String[] hows = {"told", "later", "illegal", "unmappable", "error", "other"};
        for (int i = 0; i < hows.length; i++) {
            page.says("[48," + (i + 1) + ",{},'application.fails',['" + hows[i] + "']]");
            runThreads();
        }
        page.hears("[8,48,1,{},'shop.error.sold_out',['tea'],{'left':0}]")
                .hears("[8,48,2,{},'shop.error.closed',['closed']]");
        for (int i = 3; i <= hows.length; i++) {
            page.hears("[8,48," + i + ",{},'carillon.error.internal',"
                    + "['the procedure failed; the log of its application says how']]");
        }
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void afterUnregisteringNobodyServes() {
        WampSession.Registration registration =
                session.register("application.sum", call -> 5).join();
        assertThat(registration.procedure()).isEqualTo("application.sum");
        registration.unregister().join();
        page.says("[48,1,{},'application.sum']");
        assertThat(page.hears()).contains("wamp.error.no_such_procedure");
        assertFails(registration.unregister(), RequestFailed.class, "wamp.error.no_such_registration");
    }

    @Test
    void anApplicationThatStopsAnswersWhatItCannotServeAnyMore() {
        session.register("application.sum", call -> 5).join();
        stopped = true;
        page.says("[48,1,{},'application.sum']");
        assertThat(page.hears()).contains("wamp.error.canceled", "the application is stopping");
    }

    @Test
    void aSlowCallDelaysNoOther() {
        session.register("application.sum", call -> heard.add("ran")).join();
        runThreads();
        page.says("[48,1,{},'application.sum']").says("[48,2,{},'application.sum']");
        assertThat(threads).as("threads asked for").hasSize(2);
    }

    // --- Strict routers ----------------------------------------------------------------------------------------------

    @Test
    void requestsCountOneTwoThree() {
        WampSession strict = new LocalSessions(
                        TestRouter.withStrictRequestIds().router(), Runnable::run, Runnable::run, 3)
                .open(TestRouter.REALM);
        strict.publish("a").join();
        strict.subscribe("a", event -> strict.publish("b")).join().unsubscribe().join();
        strict.publish("a").join();
        assertThat(strict.isOpen()).isTrue();
    }

    @Test
    void rightsAreAskedForAsForAnybody() {
        Authorizer nothing = request -> {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, "no");
        };
        WampSession denied = new LocalSessions(
                        TestRouter.with(Authenticator::anybody, nothing).router(), Runnable::run, Runnable::run, 3)
                .open(TestRouter.REALM);
        assertFails(denied.publish("topic"), RequestFailed.class, "wamp.error.not_authorized (no)");
    }

    private CompletableFuture<Received> callWhatIsNotAnswered() {
        page.says("[64,99,{},'page.silent']").hears();
        CompletableFuture<Received> unanswered = session.call("page.silent", Arguments.NONE);
        page.hears();
        return unanswered;
    }

    private static void assertFails(CompletableFuture<?> future, Class<?> with, String sentence) {
        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(with)
                .hasMessageContaining(sentence);
    }

    private void start(Runnable task) {
        if (stopped) {
            throw new RejectedExecutionException("stopped");
        }
        threads.add(task);
    }

    private void runThreads() {
        for (Runnable task = threads.poll(); task != null; task = threads.poll()) {
            task.run();
        }
    }
}
