package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.client.Arguments;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscribeTest {

    private final FakeRouter router = new FakeRouter();

    @Test
    void eventsArePrintedInOrderUntilThereAreEnough() {
        router.whenSubscribed = tail -> {
            tail.heard(FakeRouter.event("orders/17", "shipped"));
            tail.heard(FakeRouter.event("orders/18", 3));
            tail.heard(FakeRouter.event("orders/19", "too late"));
        };
        assertThat(router.run("subscribe", "--match", "prefix", "orders/", "--retained", "--count", "2"))
                .isZero();
        assertThat(router.asked).containsExactly("subscribe prefix orders/ retained");
        assertThat(router.out().lines())
                .containsExactly("2026-11-28T10:00:00Z  orders/17  shipped", "2026-11-28T10:00:00Z  orders/18  3");
        assertThat(router.closed).isTrue();
    }

    @Test
    void jsonHasThePositionToGoOnBehind() {
        router.whenSubscribed = tail -> tail.heard(new Router.Heard(
                "news",
                7,
                Optional.of("e-5"),
                true,
                FakeRouter.received(Arguments.of(1).with("a", 2))));
        assertThat(router.run("subscribe", "news", "--after", "e-4", "--json", "--count", "1"))
                .isZero();
        assertThat(router.asked).containsExactly("subscribe exact news after e-4");
        assertThat(router.out().strip())
                .isEqualTo("{\"topic\":\"news\",\"publication\":7,\"position\":\"e-5\",\"replayed\":true,"
                        + "\"args\":[1],\"kwargs\":{\"a\":2}}");
    }

    @Test
    void aGapIsSaidToPeopleAndToMachines() {
        router.whenSubscribed = tail -> {
            tail.gap();
            tail.heard(FakeRouter.event("news", 1));
        };
        router.run("subscribe", "news", "--json", "--count", "1");
        assertThat(router.out().lines().findFirst()).contains("{\"gap\":true,\"topic\":\"news\"}");
        assertThat(router.err()).contains("missed");
    }

    @Test
    void anOutageIsToldOnStandardErrorAndEndsNothing() {
        router.whenSubscribed = tail -> {
            tail.lost("the connection broke: reset; next attempt in 2 s");
            tail.back();
            tail.heard(FakeRouter.event("news", 1));
        };
        assertThat(router.run("subscribe", "news", "--count", "1")).isZero();
        assertThat(router.err().lines())
                .containsExactly(
                        "carillon: the connection broke: reset; next attempt in 2 s", "carillon: connected again");
        assertThat(router.out().lines()).hasSize(1);
    }

    @Test
    void aSubscriptionThatTheRouterEndsIsANo() {
        router.whenSubscribed = tail -> tail.ended("wamp.error.not_authorized");
        assertThat(router.run("subscribe", "news")).isEqualTo(ExitCode.REFUSED);
        assertThat(router.err().strip())
                .isEqualTo("carillon: the subscription to news has ended: wamp.error.not_authorized");
        assertThat(router.closed).isTrue();
    }

    @Test
    void whoInterruptsSaysGoodbye() {
        router.whenSubscribed = tail -> {
            router.interrupt.run();
            assertThat(router.closed).isTrue();
            tail.heard(FakeRouter.event("news", 1));
        };
        router.run("subscribe", "news", "--count", "1");
    }

    @Test
    void whatAPeerSaysDoesNotCommandTheTerminal() {
        router.whenSubscribed = tail -> tail.heard(FakeRouter.event("news", "\u001b]0;title\u0007 \u202egnp.exe"));
        router.run("subscribe", "news", "--count", "1");
        assertThat(router.out())
                .contains("\\u001b]0;title\\u0007 \\u202egnp.exe")
                .doesNotContain("\u001b");
    }
}
