package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Authorizer.Request;
import dev.carillon.security.Grants;
import dev.carillon.security.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private static final Identity ALICE = new Identity("alice", "sales", Set.of("sales"), "ticket", "container");
    private static final Identity CAROL = new Identity("carol", "user", Set.of(), "ticket", "container");
    private static final Identity BILLING = new Identity("billing", "backend", Set.of("backend"), "ticket", "secret");

    private final List<String> asked = new ArrayList<>();

    @Test
    void aHandlerAllowsOrRefusesAndItsReasonIsTold() {
        Topics topics = declare("orders", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                if (!who.isInRole("sales")) {
                    throw new Denied("sales only, " + who.name());
                }
            }
        });
        subscribe(topics, ALICE, "orders");
        assertRefused(() -> subscribe(topics, CAROL, "orders"), "sales only, carol");
    }

    @Test
    void aHandlerThatFailsDoesNotAllow() {
        Topics topics = declare("orders", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                throw new IllegalStateException("database down");
            }
        });
        assertThatThrownBy(() -> subscribe(topics, ALICE, "orders")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTopicThatNobodyDeclaredIsForNobody() {
        Topics topics = declare("orders", new TopicHandler() {});
        assertRefused(() -> subscribe(topics, ALICE, "order"), "nobody declared this topic");
        assertRefused(() -> publish(topics, Identity.APPLICATION, "orders/1"), "nobody declared this topic");
    }

    @Test
    void publishingIsForTheApplicationAndItsBackEnds() {
        Topics topics = declare("orders", new TopicHandler() {});
        publish(topics, Identity.APPLICATION, "orders");
        publish(topics, BILLING, "orders");
        assertRefused(() -> publish(topics, ALICE, "orders"), "publishing here is not for this session");
    }

    @Test
    void theApplicationSubscribesToWhateverIsDeclared() {
        Topics topics = declare("orders", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                throw new Denied("for nobody");
            }
        });
        subscribe(topics, Identity.APPLICATION, "orders");
        assertRefused(() -> subscribe(topics, Identity.APPLICATION, "other"), "nobody declared this topic");
        assertRefused(() -> subscribe(topics, BILLING, "orders"), "for nobody");
    }

    @Test
    void aNameIsNotEnoughToBeTheApplication() {
        Topics topics = declare("orders", new TopicHandler() {});
        Identity pretender = new Identity("application", "user", Set.of(), "ticket", "container");
        assertRefused(() -> publish(topics, pretender, "orders"), "publishing here is not for this session");
    }

    @Test
    void placeholdersHoldWhatStandsInTheirPlace() {
        Topics topics = new Topics.Builder()
                .add(TestTopic.of("orders/{id: \\d{1,3}}/{part}.{x}"), "Handler", recording("it"))
                .build(Grants.NONE, TestTopic.SURROUNDINGS);
        subscribe(topics, ALICE, "orders/17/lines.tax");
        assertThat(asked).containsExactly("it orders/17/lines.tax");
        assertRefused(() -> subscribe(topics, ALICE, "orders/1234/lines.tax"), "nobody declared this topic");
        assertRefused(() -> subscribe(topics, ALICE, "orders/17/a/b.tax"), "nobody declared this topic");
        assertRefused(() -> subscribe(topics, ALICE, "orders/17/a.b.tax"), "nobody declared this topic");
    }

    @Test
    void theHandlerReadsPlaceholdersByName() {
        List<String> values = new ArrayList<>();
        Topics topics = declare("orders/{id}", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                values.add(request.get("id"));
                assertThatThrownBy(() -> request.get("nr"))
                        .hasMessageContaining("{nr}")
                        .hasMessageContaining("[id]");
            }
        });
        subscribe(topics, ALICE, "orders/17");
        assertThat(values).containsExactly("17");
    }

    @Test
    void theMostSpecificPatternWins() {
        Topics topics = new Topics.Builder()
                .add(TestTopic.of("{anything}"), "A", recording("anything"))
                .add(TestTopic.of("orders/{id}"), "B", recording("id"))
                .add(TestTopic.of("orders/{id: \\d+}"), "C", recording("number"))
                .add(TestTopic.of("orders/new"), "D", recording("new"))
                .build(Grants.NONE, TestTopic.SURROUNDINGS);
        for (String topic : List.of("orders/new", "orders/17", "orders/x", "customers")) {
            subscribe(topics, ALICE, topic);
        }
        assertThat(asked).containsExactly("new orders/new", "number orders/17", "id orders/x", "anything customers");
    }

    @Test
    void aTieIsAProblemThatNamesBoth() {
        assertThat(new Topics.Builder()
                        .add(TestTopic.of("orders/{id}"), "shop.Orders", new TopicHandler() {})
                        .add(TestTopic.of("orders/{number}"), "shop.Numbers", new TopicHandler() {})
                        .problems())
                .singleElement()
                .asString()
                .contains("shop.Orders", "shop.Numbers", "orders/{number}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "orders/{",
                "orders/}",
                "orders/{}",
                "orders/{id: [}",
                "{a}/{a}",
                "{a-b}",
                "{id: int}",
                "{a}-{b}-{c}-{d}",
                "orders/{a:x)|(y}"
            })
    void aPatternThatCannotBeReadIsAProblemThatNamesItsHandler(String pattern) {
        assertThat(new Topics.Builder()
                        .add(TestTopic.of(pattern), "shop.Orders", new TopicHandler() {})
                        .problems())
                .singleElement()
                .asString()
                .startsWith("CAR-101 shop.Orders: the pattern '" + pattern + "' cannot be read: ");
    }

    @Test
    void aComponentWithSeveralPlaceholdersMatchesNoTopicOfExcessiveLength() {
        Topics topics = declare("reports/{year}-{month}-{day}", new TopicHandler() {});
        subscribe(topics, ALICE, "reports/2026-11-21");
        subscribe(topics, ALICE, "reports/" + "-".repeat(200));
        // Without the limit, this one would take years.
        assertRefused(
                () -> subscribe(topics, ALICE, "reports/" + "-".repeat(1_000_000) + "/"), "nobody declared this topic");
    }

    @Test
    void handlersRunInARequestContext() {
        Topics topics = new Topics.Builder()
                .add(TestTopic.of("orders"), "A", recording("asked"))
                .build(
                        Grants.NONE,
                        new Topics.Surroundings(
                                work -> {
                                    asked.add("begin");
                                    work.run();
                                    asked.add("end");
                                },
                                Runnable::run,
                                TestTopic.SURROUNDINGS.jsonb(),
                                TestTopic.SURROUNDINGS.metrics()));
        subscribe(topics, ALICE, "orders");
        assertThat(asked).endsWith("begin", "asked orders", "end");
    }

    private static Topics declare(String pattern, TopicHandler handler) {
        return new Topics.Builder()
                .add(TestTopic.of(pattern), "Handler", handler)
                .build(Grants.NONE, TestTopic.SURROUNDINGS);
    }

    private TopicHandler recording(String name) {
        return new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                asked.add(name + " " + request.topic());
            }
        };
    }

    private static void subscribe(Topics topics, Identity who, String topic) {
        topics.authorize(request(Action.SUBSCRIBE, topic, who));
    }

    private static void publish(Topics topics, Identity who, String topic) {
        topics.authorize(request(Action.PUBLISH, topic, who));
    }

    private static Request request(Action action, String topic, Identity who) {
        return new Request("shop", action, new UriPattern(MatchPolicy.EXACT, new Uri(topic)), who, new SessionId(1));
    }

    private static void assertRefused(Runnable request, String sentence) {
        assertThatThrownBy(request::run).isInstanceOfSatisfying(WampError.class, error -> {
            assertThat(error.uri()).isEqualTo(ErrorUri.NOT_AUTHORIZED);
            assertThat(error.sentence()).isEqualTo(sentence);
        });
    }
}
