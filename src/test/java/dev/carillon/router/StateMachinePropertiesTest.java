package dev.carillon.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Identity;
import dev.carillon.session.SessionState;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Whatever peers say, in whatever order: the router does not fail, others are served, and who broke the rules was told so
 * and is closed.
 */
class StateMachinePropertiesTest {

    private static final int SPEAKERS = 3;
    private static final Identity ALICE = new Identity("alice", "sales", Set.of("sales"), "ticket", "test");

    /** Who asks for it by this authmethod is challenged, and whose signature is "boom" meets an authenticator that fails. */
    private static final Authenticator CHALLENGING = (hello, handshake) ->
            hello.details().strings("authmethods").orElse(List.of()).contains("ticket")
                    ? new Authenticator.Challenged(
                            "ticket",
                            Dict.EMPTY,
                            answer -> answer.signature().startsWith("a")
                                    ? new Authenticator.Admitted(ALICE)
                                    : new Authenticator.Refused(ErrorUri.AUTHENTICATION_DENIED, "no"))
                    : Authenticator.anybody(hello, handshake);

    @Property
    void nothingThatPeersSayHurtsTheRouterOrOthers(
            @ForAll("conversations") List<Tuple2<Integer, String>> conversation) {
        TestRouter router = TestRouter.with(CHALLENGING, Authorizer.OPEN);
        Peer subscriber = router.join().says("[32,1,{},'bystanders']");
        assertThat(subscriber.hears()).startsWith("[33,1,");
        Peer publisher = router.join();
        Peer[] speakers = new Peer[SPEAKERS];
        for (int i = 0; i < SPEAKERS; i++) {
            speakers[i] = router.connect();
        }
        int published = 0;
        for (Tuple2<Integer, String> each : conversation) {
            Peer speaker = speakers[each.get1()];
            speaker.says(each.get2());
            for (Peer peer : speakers) {
                requireOpenOrToldWhy(peer, peer == speaker);
            }
            publisher.says("[16,1,{'acknowledge':true},'bystanders',[" + ++published + "]]");
            assertThat(publisher.hears()).startsWith("[17,1,");
            assertThat(subscriber.hears()).endsWith(",{},[" + published + "]]");
        }
        publisher.hearsNothing().isOpen();
        subscriber.hearsNothing().isOpen();
        for (Peer speaker : speakers) {
            speaker.vanishes();
        }
        assertThat(router.metrics().sessionsJoined() - router.metrics().sessionsLeft())
                .as("sessions left: the bystanders'")
                .isEqualTo(2);
    }

    private static void requireOpenOrToldWhy(Peer peer, boolean hasSpoken) {
        List<String> heard = peer.hearsAll();
        assertThat(heard).noneMatch(message -> message.contains("carillon.error.internal"));
        boolean closed = peer.closeReason().isPresent();
        assertThat(closed)
                .as("closed after %s", heard)
                .isEqualTo(peer.session().state() instanceof SessionState.Closed);
        if (heard.stream().anyMatch(message -> message.startsWith("[3,") || message.startsWith("[6,"))) {
            assertThat(heard.get(heard.size() - 1)).matches("\\[[36],.*");
            assertThat(closed).isTrue();
            assertThat(hasSpoken).as("who is closed for what was said").isTrue();
        }
    }

    @Provide
    Arbitrary<List<Tuple2<Integer, String>>> conversations() {
        Arbitrary<Integer> speakers = Arbitraries.integers().between(0, SPEAKERS - 1);
        return Combinators.combine(speakers, sentences())
                .as(Tuple::of)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    private static Arbitrary<String> sentences() {
        Arbitrary<String> ids = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 6).map(String::valueOf),
                Arbitraries.of("1", "1001", "9007199254740992", "0", "-1", "9007199254740993", "1.0", "'1'", "null"));
        Arbitrary<String> dicts = Arbitraries.of(
                "{}",
                "{}",
                "{}",
                "{'acknowledge':true}",
                "{'acknowledge':1}",
                "{'exclude_me':false}",
                "{'exclude_me':'x'}",
                "{'match':'exact'}",
                "{'match':'prefix'}",
                "{'match':[]}",
                "{'invoke':'single'}",
                "{'progress':true}",
                "{'progress':0}",
                "{'roles':{'x':{}}}",
                "{'roles':1}",
                "[]",
                "null",
                "{'a':{'b':[1,null]}}");
        Arbitrary<String> uris = Arbitraries.of(
                "'a'", "'a'", "'p.q'", "'p.q'", "'bystanders.not'", "''", "'a..b'", "'wamp.x'", "' '", "7", "null");
        Arbitrary<String> payloads = Arbitraries.of("", "", ",[]", ",[1]", ",[],{}", ",{}", ",null", ",[],[]");
        Arbitrary<String> hello = Arbitraries.of(
                "[1,'realm1',{'roles':{'caller':{}}}]",
                "[1,'realm2',{'roles':{'caller':{}}}]",
                "[1,'realm1',{'roles':{'caller':{}},'authmethods':['ticket']}]",
                "[1,'realm1',{'roles':{'caller':{}},'authmethods':'ticket'}]",
                "[1,'nowhere',{'roles':{'caller':{}}}]",
                "[5,'a',{}]",
                "[5,'b',{}]");
        Arbitrary<String> codes = Arbitraries.of(
                "32", "34", "16", "48", "64", "66", "70", "68", "50", "36", "33", "17", "35", "65", "67", "2", "4",
                "7");
        Arbitrary<String> ends = Arbitraries.of("[6,{},'a.b']", "[3,{},'a.b']", "rubbish", "", "[", "[]", "[99]");
        Arbitrary<String> fitting = Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of("16", "48"), ids, dicts, uris, payloads)
                        .as((code, id, dict, uri, payload) ->
                                "[" + code + "," + id + "," + dict + "," + uri + payload + "]"),
                Combinators.combine(Arbitraries.of("32", "64"), ids, dicts, uris)
                        .as((code, id, dict, uri) -> "[" + code + "," + id + "," + dict + "," + uri + "]"),
                Combinators.combine(Arbitraries.of("34", "66"), ids, ids)
                        .as((code, id, other) -> "[" + code + "," + id + "," + other + "]"),
                Combinators.combine(ids, dicts, payloads)
                        .as((id, dict, payload) -> "[70," + id + "," + dict + payload + "]"),
                Combinators.combine(Arbitraries.of("68", "68", "48", "x"), ids, dicts, uris, payloads)
                        .as((code, id, dict, uri, payload) ->
                                "[8," + code + "," + id + "," + dict + "," + uri + payload + "]"));
        Arbitrary<String> harmless = Arbitraries.of(
                "[32,1,{},'a']",
                "[64,2,{},'p.q']",
                "[48,3,{},'p.q',[1]]",
                "[70,1,{},[2]]",
                "[8,68,1,{},'app.error']",
                "[16,4,{'acknowledge':true,'exclude_me':false},'a',[1]]",
                "[34,5,2]",
                "[66,6,1]");
        Arbitrary<String> any = Combinators.combine(codes, ids, dicts, uris, payloads)
                .as((code, id, dict, uri, payload) -> "[" + code + "," + id + "," + dict + "," + uri + payload + "]");
        return Arbitraries.frequencyOf(
                Tuple.of(6, hello), Tuple.of(14, harmless), Tuple.of(8, fitting), Tuple.of(1, any), Tuple.of(1, ends));
    }
}
