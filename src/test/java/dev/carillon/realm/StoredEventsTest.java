package dev.carillon.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.broker.TopicHooks;
import dev.carillon.history.HistorySettings;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Identity;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.OutboxLimits;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wamp.subscription.get_events}. Advanced Profile, "Event History". */
class StoredEventsTest {

    private static final Pattern PUBLICATION = Pattern.compile("\"publication\":(\\d+)");

    private TestRouter router = TestRouter.openWith(HistorySettings.parse("prefix news. keep 5"));

    private static String getEvents(String argumentsAndKeywords) {
        return "[48,9,{},'wamp.subscription.get_events'," + argumentsAndKeywords + "]";
    }

    /** The publications in the answer. */
    private static List<Long> read(Peer reader, String argumentsAndKeywords) {
        String answer = reader.says(getEvents(argumentsAndKeywords)).hears();
        assertThat(answer).startsWith("[50,9,{}");
        return PUBLICATION
                .matcher(answer)
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .toList();
    }

    /** 1003 to 1007 on {@code news.a} and {@code news.b} by turns, a second after the other, from 10:00:01 on. */
    private void publishFive() {
        Peer writer = router.join();
        for (int i = 1; i <= 5; i++) {
            router.moveClock(Duration.ofSeconds(1));
            writer.says("[16,1,{},'news." + (i % 2 == 1 ? "a" : "b") + "',[" + i + "]]");
        }
    }

    @Test
    void eventsComeAsTheyWereSentWithTheirTime() {
        Peer reader = router.join().says("[32,1,{},'news.a']").hears("[33,1,1]");
        Peer writer = router.join();
        writer.says("[16,1,{},'news.a']");
        router.moveClock(Duration.ofMillis(1234));
        writer.says("[16,2,{'disclose_me':true},'news.a',['x',null],{'k':{}}]");
        writer.says("[16,3,{},'news.b',['another topic']]");
        reader.hearsAll();
        reader.says(getEvents("[1]"))
                .hears("[50,9,{},["
                        + "{'timestamp':'2026-11-21T10:00:00.000Z','subscription':1,'publication':1003,'details':{}},"
                        + "{'timestamp':'2026-11-21T10:00:01.234Z','subscription':1,'publication':1004,'details':"
                        + "{'publisher':1002,'publisher_authid':'anonymous','publisher_authrole':'anonymous'},"
                        + "'args':['x',null],'kwargs':{'k':{}}}]]")
                .hearsNothing();
    }

    @Test
    void whereNothingWasPublishedOrNothingIsKeptNothingComes() {
        Peer reader = router.join().says("[32,1,{},'news.a']").hears("[33,1,1]");
        reader.says("[32,2,{},'other']").hears("[33,2,2]");
        router.publish("other", "[1]");
        reader.hearsAll();
        reader.says(getEvents("[1]")).hears("[50,9,{}]");
        reader.says(getEvents("[2]")).hears("[50,9,{}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | 1003,1004,1005,1006,1007",
                "{'reverse':null,'limit':null,'topic':null,'from_time':null,'more':1} | 1003,1004,1005,1006,1007",
                "{'reverse':false} | 1003,1004,1005,1006,1007",
                "{'reverse':true} | 1007,1006,1005,1004,1003",
                "{'limit':2} | 1003,1004",
                "{'limit':100} | 1003,1004,1005,1006,1007",
                "{'limit':9007199254740992} | 1003,1004,1005,1006,1007",
                "{'limit':2,'reverse':true} | 1007,1006",
                "{'from_time':'2026-11-21T10:00:03.000Z'} | 1005,1006,1007",
                "{'from_time':'2026-11-21T12:00:03+02:00'} | 1005,1006,1007",
                "{'from_time':'2026-11-21t10:00:03z'} | 1005,1006,1007",
                "{'after_time':'2026-11-21T10:00:03Z'} | 1006,1007",
                "{'after_time':'2026-11-21T10:00:02.999Z'} | 1005,1006,1007",
                "{'before_time':'2026-11-21T10:00:03Z'} | 1003,1004",
                "{'until_time':'2026-11-21T10:00:03Z'} | 1003,1004,1005",
                "{'until_time':'2026-11-21T10:00:02.999Z'} | 1003,1004",
                "{'after_time':'2026-11-21T10:00:05Z'} | ",
                "{'topic':'news.b'} | 1004,1006",
                "{'topic':'news.'} | ",
                "{'from_publication':1005} | 1005,1006,1007",
                "{'after_publication':1005} | 1006,1007",
                "{'before_publication':1005} | 1003,1004",
                "{'until_publication':1005} | 1003,1004,1005",
                "{'after_publication':1007} | ",
                "{'before_publication':1003,'reverse':true} | ",
                "{'from_publication':1004,'after_publication':1004} | 1005,1006,1007",
                "{'until_publication':1006,'before_publication':1006} | 1003,1004,1005",
                "{'after_publication':1003,'until_publication':1006,'topic':'news.a'} | 1005",
                "{'from_publication':1006,'before_publication':1005} | ",
                "{'from_time':'2026-11-21T10:00:02Z','before_publication':1007,'reverse':true,'limit':2} | 1006,1005",
                "{'from_time':'2026-11-21T10:00:02Z','after_time':'2026-11-21T10:00:02Z','until_time':'2026-11-21T10:00:04Z','before_time':'2026-11-21T10:00:05Z'} | 1005,1006",
                "{'topic':'news.a','limit':1,'reverse':true,'before_time':'2026-11-21T10:00:05Z'} | 1005",
                "{'topic':'news.a','after_publication':1004,'limit':1} | 1005"
            })
    void boundsCountTogether(String keywords, @Nullable String expected) {
        Peer reader = router.join().says("[32,1,{'match':'prefix'},'news.']").hears("[33,1,1]");
        publishFive();
        reader.hearsAll();
        String publications = read(reader, "[1]," + keywords).toString().replace(" ", "");
        assertThat(publications).isEqualTo("[" + (expected == null ? "" : expected) + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'reverse':1}",
                "{'reverse':'true'}",
                "{'limit':0}",
                "{'limit':-1}",
                "{'limit':1.5}",
                "{'limit':'2'}",
                "{'limit':true}",
                "{'limit':9007199254740993}",
                "{'topic':17}",
                "{'topic':['news.a']}",
                "{'from_time':17}",
                "{'from_time':'yesterday'}",
                "{'after_time':''}",
                "{'before_time':'2026-11-21'}",
                "{'until_time':'2026-11-21T10:00:00'}",
                "{'until_time':'2026-02-30T10:00:00Z'}",
                "{'from_publication':'1003'}",
                "{'after_publication':0}",
                "{'before_publication':true}",
                "{'until_publication':1003.0}",
                "{'from_publication':9999}",
                "{'after_publication':9999}",
                "{'before_publication':9999}",
                "{'until_publication':9999}"
            })
    void aBoundThatIsNoneIsAnErrorAndTheSessionGoesOn(String keywords) {
        Peer reader = router.join().says("[32,1,{'match':'prefix'},'news.']").hears("[33,1,1]");
        publishFive();
        reader.hearsAll();
        reader.says(getEvents("[1]," + keywords)).hearsRefusal(9, "wamp.error.invalid_argument");
        reader.hearsNothing().isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false,after_publication", "true,before_publication"})
    void aHistoryIsReadPageByPageInBothDirections(String direction) {
        Peer reader = router.join().says("[32,1,{'match':'prefix'},'news.']").hears("[33,1,1]");
        publishFive();
        reader.hearsAll();
        String reverse = direction.split(",")[0];
        List<Long> all = new ArrayList<>();
        List<Long> page = read(reader, "[1],{'limit':2,'reverse':" + reverse + "}");
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            all.addAll(page);
            String bound = "'" + direction.split(",")[1] + "':" + page.get(page.size() - 1);
            page = read(reader, "[1],{'limit':2,'reverse':" + reverse + "," + bound + "}");
        }
        assertThat(all)
                .containsExactlyElementsOf(
                        reverse.equals("true")
                                ? List.of(1007L, 1006L, 1005L, 1004L, 1003L)
                                : List.of(1003L, 1004L, 1005L, 1006L, 1007L));
    }

    @Test
    void aPlaceThatIsNotKeptAnyMoreIsAnErrorAndNotTheEnd() {
        Peer reader = router.join().says("[32,1,{'match':'prefix'},'news.']").hears("[33,1,1]");
        publishFive();
        router.publish("news.a", "[6]");
        reader.hearsAll();
        assertThat(read(reader, "[1]")).containsExactly(1004L, 1005L, 1006L, 1007L, 1008L);
        reader.says(getEvents("[1],{'after_publication':1003}")).hearsRefusal(9, "wamp.error.invalid_argument");
        assertThat(read(reader, "[1],{'after_publication':1004}")).hasSize(4);
    }

    @Test
    void aPatternsEventsNameTheirTopic() {
        Peer reader = router.join().says("[32,1,{'match':'prefix'},'news.b']").hears("[33,1,1]");
        reader.says("[32,2,{'match':'wildcard'},'news..x']").hears("[33,2,2]");
        reader.says("[32,3,{'match':'prefix'},'ne']").hears("[33,3,3]");
        publishFive();
        router.publish("news.c.x", "[6]");
        reader.hearsAll();
        reader.says(getEvents("[1],{'limit':1}"))
                .hears("[50,9,{},[{'timestamp':'2026-11-21T10:00:02.000Z','subscription':1,'publication':1004,"
                        + "'details':{'topic':'news.b'},'args':[2]}]]");
        reader.says(getEvents("[2]"))
                .hears("[50,9,{},[{'timestamp':'2026-11-21T10:00:05.000Z','subscription':2,'publication':1008,"
                        + "'details':{'topic':'news.c.x'},'args':[6]}]]");
        reader.says(getEvents("[3]")).hears("[50,9,{}]"); // wider than the history: it would be a part, unsaid
    }

    @Test
    void receiverListsCountForTheReaderToo() {
        Peer alice = router.join("alice", "sales").says("[32,1,{},'news.a']").hears("[33,1,1]");
        Peer bob = router.join("bob", "support").says("[32,1,{},'news.a']").hears("[33,1,1]");
        Peer writer = router.join("carol", "support").says("[32,1,{},'news.a']").hears("[33,1,1]");
        writer.says("[16,1,{'eligible_authid':['alice']},'news.a']"); // 1004
        writer.says("[16,2,{'eligible_authrole':['support']},'news.a']");
        writer.says("[16,3,{'exclude_authid':['alice']},'news.a']");
        writer.says("[16,4,{'exclude_authrole':['support']},'news.a']");
        writer.says("[16,5,{'exclude_me':false,'eligible_authrole':['support']},'news.a']"); // 1008
        alice.hearsAll();
        bob.hearsAll();
        writer.hearsAll();
        assertThat(read(alice, "[1]")).containsExactly(1004L, 1007L);
        assertThat(read(bob, "[1]")).containsExactly(1005L, 1006L, 1008L);
        assertThat(read(writer, "[1]"))
                .as("exclude_me counts for the live event only")
                .containsExactly(1005L, 1006L, 1008L);
        assertThat(read(router.join("alice", "trainee"), "[1]")).containsExactly(1004L, 1007L);
        alice.says(getEvents("[1],{'from_publication':1005}")) // not for alice, who is not told that it exists
                .hearsRefusal(9, "wamp.error.invalid_argument");
    }

    @Test
    void whatWasForSomeSessionsIsNotKept() {
        Peer alice = router.join().says("[32,1,{},'news.a']").hears("[33,1,1]");
        Peer writer = router.join();
        writer.says("[16,1,{'eligible':[1001]},'news.a']");
        writer.says("[16,2,{'exclude':[99]},'news.a']");
        writer.says("[16,3,{},'news.a']");
        assertThat(alice.hearsAll()).hasSize(3);
        assertThat(read(alice, "[1]")).containsExactly(1005L);
    }

    @Test
    void aPackedPayloadIsForWhoUnderstandsIt() {
        Peer packer = router.joinWith("publisher.payload_passthru_mode");
        Peer unpacker = router.joinWith("subscriber.payload_passthru_mode");
        Peer reader = router.join().says("[32,1,{},'news.a']").hears("[33,1,1]");
        packer.says("[16,1,{'ppt_scheme':'x_app','ppt_serializer':'cbor','ppt_cipher':'c','ppt_keyid':'k'},"
                + "'news.a',['xyz']]");
        assertThat(read(reader, "[1]")).isEmpty();
        unpacker.says(getEvents("[1]"));
        assertThat(unpacker.hears())
                .contains("\"details\":{\"ppt_scheme\":\"x_app\",\"ppt_serializer\":\"cbor\",\"ppt_cipher\":\"c\","
                        + "\"ppt_keyid\":\"k\"},\"args\":[\"xyz\"]}]]");
    }

    static Stream<Arguments> pairs() {
        return Serializer.ALL.stream().flatMap(from -> Serializer.ALL.stream().map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aReaderIsToldTheSameInEverySerializer(Serializer from, Serializer to) {
        Peer writer = router.join(from);
        Peer reader = router.join(to).says("[32,1,{},'news.a']").hears("[33,1,1]");
        String payload = "\"args\":[\"\\u0000AQID\",9007199254740993,18446744073709551615,0.1,-1.5,null,\"ä\"],"
                + "\"kwargs\":{\"b\":\"\\u0000/w==\",\"o\":{\"l\":[[]]}}";
        writer.saysExactly(
                "[16,1,{},\"news.a\"" + payload.replace("\"args\":", ",").replace("\"kwargs\":", "") + "]");
        reader.hears();
        reader.says(getEvents("[1]"));
        assertThat(reader.hears()).endsWith("\"details\":{}," + payload + "}]]");
    }

    @Test
    void whoMaySubscribeMayReadWhoSubscribesIsNotAskedAgainAndNobodyElseMay() {
        List<String> told = new ArrayList<>();
        Authorizer salesOnly = new Authorizer() {
            @Override
            public void authorize(Request request) {
                if (request.action() == Action.SUBSCRIBE) {
                    told.add(request.who().authid() + " asks for "
                            + request.uris().policy().wireName());
                    if (!request.who().isInRole("sales")) {
                        throw new WampError(ErrorUri.NOT_AUTHORIZED, "sales only");
                    }
                }
            }

            @Override
            public boolean showsUndeclared(Request request) {
                return request.who().authid().equals("alice");
            }
        };
        router = TestRouter.with(
                RealmSettings.of(Authenticator::anybody, salesOnly).with(new TopicHooks() {
                    @Override
                    public Edited onPublish(
                            Uri topic, Payload payload, Identity publisher, @Nullable SessionId session) {
                        return NONE.onPublish(topic, payload, publisher, session);
                    }

                    @Override
                    public void onUnsubscribe(UriPattern topics, Identity subscriber, SessionId session) {
                        told.add(subscriber.authid() + " is gone from " + topics.uri());
                    }

                    @Override
                    public boolean declares(Uri topic) {
                        return !topic.value().equals("news.undeclared");
                    }
                }),
                HistorySettings.parse("prefix news."));
        Peer alice = router.join("alice", "sales")
                .says("[32,1,{'match':'prefix'},'news.']")
                .hears("[33,1,1]");
        Peer bob = router.join("bob", "sales");
        Peer carol = router.join("carol", "support");
        router.publish("news.a", "[1]"); // 1004
        router.publish("news.undeclared", "[2]");
        alice.hearsAll();
        assertThat(read(alice, "[1]")).containsExactly(1004L, 1005L);
        assertThat(told).containsExactly("alice asks for prefix");
        assertThat(read(bob, "[1]")).containsExactly(1004L); // a pattern does not show him what nobody declared
        assertThat(told).containsExactly("alice asks for prefix", "bob asks for prefix", "bob is gone from news.");
        carol.says(getEvents("[1]")).hears("[8,48,9,{},'wamp.error.not_authorized',['sales only']]");
        alice.says("[34,2,1]").hears("[35,2]");
        alice.says(getEvents("[1]")).hearsRefusal(9, "wamp.error.no_such_subscription");
    }

    @Test
    void anAnswerThatWouldEndTheReaderIsAnErrorInstead() {
        router = TestRouter.with(
                RealmSettings.of(Authenticator::anybody, Authorizer.OPEN),
                new OutboxLimits(1000, 22_000),
                HistorySettings.EVERYTHING);
        Peer reader = router.join().says("[32,1,{},'news.a']").hears("[33,1,1]");
        for (int i = 0; i < 6; i++) {
            router.publish("news.a", "[\"" + "x".repeat(1000) + "\"]");
        }
        reader.hearsAll();
        reader.says(getEvents("[1]")).hearsRefusal(9, "wamp.error.payload_size_exceeded");
        assertThat(read(reader, "[1],{'limit':4}")).hasSize(4);
        reader.stopsReading().says(getEvents("[1],{'limit':3}"));
        long waiting = reader.session().outbox().bytes();
        assertThat(waiting).as("what the outbox is charged").isBetween(6_000L, 9_000L);
        reader.says(getEvents("[1],{'limit':3}")).isOpen().readsOn();
        assertThat(reader.hears()).startsWith("[50,9,");
        reader.hearsRefusal(9, "wamp.error.payload_size_exceeded");
    }

    @Test
    void realmsKeepTheirOwnHistories() {
        Peer reader = router.join().says("[32,1,{},'news.a']").hears("[33,1,1]");
        Peer other = router.connect().join("realm2").says("[32,1,{},'news.a']").hears("[33,1,1]");
        router.publish("news.a", "[1]");
        assertThat(read(other, "[1]")).isEmpty();
        reader.hears();
        assertThat(read(reader, "[1]")).hasSize(1);
    }
}
