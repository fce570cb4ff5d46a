package dev.carillon.ready;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.metrics.Metrics;
import dev.carillon.notification.Notification;
import dev.carillon.ready.Reminders.Reminder;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Grants;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import dev.carillon.topic.TestTopic;
import dev.carillon.topic.Topics;
import jakarta.json.bind.JsonbBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each user has topics of his own, and the ready ones are among them. */
class UserTopicTest {

    private final TestRouter router = router();

    @Test
    void theUserOfTheNameSubscribesAndNobodyElse() {
        Peer alice = router.join("alice", "sales");
        alice.says("[32,1,{},'carillon/users/alice/mail']").hears("[33,1,1]");
        alice.says("[32,2,{},'carillon/users/alice/shop/basket']").hears("[33,2,2]");
        for (String topic :
                List.of("carillon/users/bob/mail", "carillon/users/Alice/mail", "carillon/users/alice%20/mail")) {
            alice.says("[32,3,{},'" + topic + "']");
            assertThat(alice.hears()).contains("wamp.error.not_authorized", "another user");
        }
        alice.says("[32,4,{'match':'prefix'},'carillon/users/alice/']");
        assertThat(alice.hears()).contains("wamp.error.not_authorized");
        Peer visitor = router.join();
        visitor.says("[32,1,{},'carillon/users/anonymous/mail']");
        assertThat(visitor.hears()).contains("wamp.error.not_authorized");
        Peer bob = router.join("bob", "administrator");
        bob.says("[32,1,{},'carillon/users/alice/mail']");
        assertThat(bob.hears()).contains("wamp.error.not_authorized");
        bob.says("[16,2,{'acknowledge':true},'carillon/users/alice/mail',[{'unread':9}]]");
        assertThat(bob.hears()).contains("wamp.error.not_authorized");
    }

    @Test
    void namesOfAllKindsHaveTopics() {
        String name = "a.l/i ce#é@example.com";
        String topic = UserTopic.of(name, "mail");
        assertThat(topic).isEqualTo("carillon/users/a%2El%2Fi%20ce%23%C3%A9%40example%2Ecom/mail");
        router.join(name, "sales").says("[32,1,{},'" + topic + "']").hears("[33,1,1]");
    }

    @Test
    void rightsThatHaveChangedAreToldToTheirUserOrToAll() {
        Peer alice = router.join("alice", "sales");
        alice.says("[32,1,{},'carillon/users/alice/rights']").hears("[33,1,1]");
        alice.says("[32,2,{},'carillon/rights']").hears("[33,2,2]");
        RightsNews news = new RightsNews(router.router());
        news.tell(Optional.of("alice"));
        assertThat(alice.hears()).startsWith("[36,1,");
        news.tell(Optional.of("bob"));
        news.tell(Optional.empty());
        assertThat(alice.hears()).startsWith("[36,2,");
        Peer visitor = router.join();
        visitor.says("[32,1,{},'carillon/rights']");
        assertThat(visitor.hears()).contains("wamp.error.not_authorized");
    }

    @Test
    void visitorsMayHearSignsOfLife() {
        router.join().says("[32,1,{},'carillon/ping']").hears("[33,1,1]");
    }

    @Test
    void newsGoToTheTopicOfItsUser() {
        assertThat(List.of(
                        new JobFinished("alice", "17", "Import", true, null),
                        new MailCount("bob@example.com", 3),
                        new Reminders("alice", List.of(new Reminder("7", "Call Ann", Instant.EPOCH, "/calls/7")))))
                .extracting(ForUser::notification)
                .extracting(Notification::toString)
                .containsExactly(
                        "notification to carillon/users/alice/jobs",
                        "notification to carillon/users/bob%40example%2Ecom/mail",
                        "notification to carillon/users/alice/reminders");
    }

    private static TestRouter router() {
        KeepAlive silent = new KeepAlive(ReadySettings.DEFAULT.ping(), (delay, task) -> () -> {}, () -> {});
        Topics topics = new Topics.Builder()
                .add(TestTopic.of("carillon/users/{user}/{name: .+}"), UserTopic.class, new UserTopic())
                .add(TestTopic.of(RightsTopic.TOPIC), RightsTopic.class, new RightsTopic())
                .add(TestTopic.forVisitors(PingTopic.TOPIC), PingTopic.class, new PingTopic(silent))
                .build(
                        Grants.NONE,
                        new Topics.Surroundings(Runnable::run, Runnable::run, JsonbBuilder.create(), new Metrics()));
        return TestRouter.with(RealmSettings.of(Authenticator::anybody, topics).with(topics));
    }
}
