package dev.carillon.it;

import static dev.carillon.support.JawampaClient.array;
import static dev.carillon.support.JawampaClient.next;
import static dev.carillon.support.JawampaClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.JawampaClient;
import dev.carillon.support.JawampaClient.Registration;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import ws.wamp.jawampa.ApplicationError;
import ws.wamp.jawampa.PubSubData;
import ws.wamp.jawampa.Reply;
import ws.wamp.jawampa.Request;

/**
 * jawampa, a WAMP client in Java of 2017, as caller, callee, publisher and subscriber of the deployed
 * {@code carillon.war}; its other end is another jawampa or plain JSON on a socket.
 *
 * <p>What it does otherwise than autobahn and wampy: it does not tell the application that it is subscribed or registered;
 * a list or dictionary that is absent is null to the application, never empty; a subscription or registration ends when the
 * application unsubscribes from its observable; it leaves with the reason {@code wamp.error.system_shutdown} and drops the
 * connection without a close frame when that is answered. As a router it tells a caller
 * {@code wamp.error.no_such_procedure} when the callee is lost (so its source says); as a client it takes Carillon's
 * {@code wamp.error.canceled} for what it is.
 */
class JawampaIT {

    private static final String REALM = "realm1";
    private static final int MANY = 500;

    private static WildFlyServer server;
    private static URI endpoint;

    /** A topic or procedure of this test only. */
    private String uri;

    @BeforeAll
    static void start() {
        server = WildFlyServer.start("jawampa", Path.of("target/carillon.war"), 3350, Map.of("carillon.open", "true"));
        endpoint = server.webSocket("wamp");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        uri = "jawampa." + test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void aSubscriberHearsAPublisher() {
        try (JawampaClient alice = join();
                JawampaClient bob = join()) {
            BlockingQueue<PubSubData> events = alice.subscribe(uri);
            assertThat(bob.publish(uri, "[1,'ä',null]", "{'k':{'of':[]}}")).isPositive();
            PubSubData event = next(events);
            assertThat(event.arguments()).isEqualTo(array("[1,'ä',null]"));
            assertThat(event.keywordArguments()).isEqualTo(object("{'k':{'of':[]}}"));
        }
    }

    @Test
    void aPublisherDoesNotHearItself() {
        try (JawampaClient alice = join();
                JawampaClient bob = join()) {
            BlockingQueue<PubSubData> events = alice.subscribe(uri);
            alice.publish(uri, "['own']", null);
            bob.publish(uri, "['of another']", null);
            assertThat(next(events).arguments()).isEqualTo(array("['of another']"));
        }
    }

    @Test
    void aSubscriberHearsAnotherClient() {
        try (JawampaClient alice = join();
                RawWebSocket bob = RawWebSocket.join(endpoint, REALM)) {
            BlockingQueue<PubSubData> events = alice.subscribe(uri);
            bob.says("[16,1,{},'" + uri + "',[],{'state':'shipped'}]");
            PubSubData event = next(events);
            assertThat(event.arguments()).isEqualTo(array("[]"));
            assertThat(event.keywordArguments()).isEqualTo(object("{'state':'shipped'}"));
        }
    }

    @Test
    void anotherClientHearsAPublisher() {
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM);
                JawampaClient bob = join()) {
            alice.says("[32,1,{},'" + uri + "']").hears();
            long publication = bob.publish(uri, "['shipped']", "{'by':'bob'}");
            assertThat(alice.hears()).contains("," + publication + ",").endsWith(",{},[\"shipped\"],{\"by\":\"bob\"}]");
        }
    }

    @Test
    void aCallIsAnsweredWithListAndDictionary() {
        try (JawampaClient alice = join();
                JawampaClient bob = join()) {
            Registration registration = bob.register(uri);
            CompletableFuture<Reply> answer = alice.call(uri, "[1,'zwei']", "{'three':[null]}");
            Request request = registration.next();
            assertThat(request.arguments()).isEqualTo(array("[1,'zwei']"));
            assertThat(request.keywordArguments()).isEqualTo(object("{'three':[null]}"));
            request.reply(array("['first','second']"), object("{'more':true}"));
            assertThat(answer.join().arguments()).isEqualTo(array("['first','second']"));
            assertThat(answer.join().keywordArguments()).isEqualTo(object("{'more':true}"));
        }
    }

    @Test
    void aCallWithoutArgumentsIsAnsweredWithoutAResult() {
        try (JawampaClient alice = join();
                JawampaClient bob = join()) {
            Registration registration = bob.register(uri);
            CompletableFuture<Reply> answer = alice.call(uri, null, null);
            Request request = registration.next();
            assertThat(request.arguments()).isNull();
            request.reply(null, null);
            assertThat(answer.join().arguments()).isNull();
            assertThat(answer.join().keywordArguments()).isNull();
        }
    }

    @Test
    void anErrorOfTheCalleeReachesTheCallerAsItWasSaid() throws Exception {
        try (JawampaClient alice = join();
                JawampaClient bob = join()) {
            Registration registration = bob.register(uri);
            CompletableFuture<Reply> answer = alice.call(uri, "[1]", null);
            registration
                    .next()
                    .replyError("com.example.sold_out", array("['no bells',0]"), object("{'until':'monday'}"));
            ApplicationError error = errorOf(answer);
            assertThat(error.uri()).isEqualTo("com.example.sold_out");
            assertThat(error.arguments()).isEqualTo(array("['no bells',0]"));
            assertThat(error.keywordArguments()).isEqualTo(object("{'until':'monday'}"));
        }
    }

    @Test
    void whatNobodyServesOrAnotherServesIsAnErrorAndTheSessionGoesOn() {
        try (JawampaClient alice = join();
                JawampaClient bob = join()) {
            assertThat(errorOf(alice.call(uri, null, null)).uri()).isEqualTo(ApplicationError.NO_SUCH_PROCEDURE);
            Registration registration = bob.register(uri);
            assertThat(alice.register(uri).failure().join())
                    .isInstanceOfSatisfying(
                            ApplicationError.class,
                            error -> assertThat(error.uri()).isEqualTo(ApplicationError.PROCEDURE_ALREADY_EXISTS));
            CompletableFuture<Reply> answer = alice.call(uri, null, null);
            registration.next().reply(1);
            assertThat(answer.join().arguments()).isEqualTo(array("[1]"));
            registration.unregister();
            assertThat(errorOf(alice.call(uri, null, null)).uri()).isEqualTo(ApplicationError.NO_SUCH_PROCEDURE);
        }
    }

    @Test
    void aCalleeThatLeavesBeforeItAnswersCancelsTheCall() {
        try (JawampaClient alice = join()) {
            CompletableFuture<Reply> answer;
            try (JawampaClient bob = join()) {
                Registration registration = bob.register(uri);
                answer = alice.call(uri, null, null);
                registration.next();
            }
            assertThat(errorOf(answer).uri()).isEqualTo(ApplicationError.CANCELED);
        }
    }

    @Test
    void aSessionCallsItself() {
        try (JawampaClient alice = join()) {
            Registration registration = alice.register(uri);
            CompletableFuture<Reply> answer = alice.call(uri, "[20,3]", null);
            registration.next().reply(23);
            assertThat(answer.join().arguments()).isEqualTo(array("[23]"));
        }
    }

    @Test
    void manyCallsInFlightArriveInOrderAndEachGetsItsOwnAnswer() {
        try (JawampaClient alice = join();
                JawampaClient bob = join()) {
            Registration registration = bob.register(uri);
            List<CompletableFuture<Reply>> answers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                answers.add(alice.call(uri, "[" + i + "]", null));
            }
            List<Request> requests = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                requests.add(0, registration.next()); // answered in reverse
                assertThat(requests.get(0).arguments()).isEqualTo(array("[" + i + "]"));
            }
            requests.forEach(request -> request.reply(request.arguments().get(0).asInt() * 2));
            for (int i = 0; i < MANY; i++) {
                assertThat(answers.get(i).join().arguments()).isEqualTo(array("[" + 2 * i + "]"));
            }
        }
    }

    @Test
    void anotherClientCallsACallee() throws Exception {
        try (JawampaClient bob = join();
                RawWebSocket alice = RawWebSocket.join(endpoint, REALM)) {
            Registration registration = bob.register(uri);
            alice.says("[48,1,{},'" + uri + "',[1],{'k':2}]");
            Request request = registration.next();
            assertThat(request.keywordArguments()).isEqualTo(object("{'k':2}"));
            request.reply(array("['r']"), object("{'k':3}"));
            alice.hears("[50,1,{},['r'],{'k':3}]");
            alice.says("[48,2,{},'" + uri + "']");
            registration.next().replyError("com.example.sold_out", array("['no bells']"), null);
            alice.hears("[8,48,2,{},'com.example.sold_out',['no bells']]");
        }
    }

    @Test
    void aCallerCallsAnotherClient() {
        try (RawWebSocket bob = RawWebSocket.join(endpoint, REALM);
                JawampaClient alice = join()) {
            bob.says("[64,1,{},'" + uri + "']").hears();
            CompletableFuture<Reply> answer = alice.call(uri, "['a']", null);
            assertThat(bob.hears()).startsWith("[68,1,").endsWith(",{},[\"a\"]]");
            bob.says("[70,1,{},['b'],{'c':null}]");
            assertThat(answer.join().arguments()).isEqualTo(array("['b']"));
            assertThat(answer.join().keywordArguments()).isEqualTo(object("{'c':null}"));
            answer = alice.call(uri, null, null);
            assertThat(bob.hears()).startsWith("[68,2,").endsWith(",{}]");
            bob.says("[8,68,2,{},'com.example.sold_out']");
            assertThat(errorOf(answer).uri()).isEqualTo("com.example.sold_out");
        }
    }

    private static JawampaClient join() {
        return JawampaClient.join(endpoint, REALM);
    }

    private static ApplicationError errorOf(CompletableFuture<Reply> answer) {
        try {
            Reply reply = answer.join();
            throw new AssertionError("not an error but " + reply.arguments());
        } catch (CompletionException e) {
            return (ApplicationError) e.getCause();
        }
    }
}
