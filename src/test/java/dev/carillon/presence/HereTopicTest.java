package dev.carillon.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.metrics.Metrics;
import dev.carillon.outdated.ContentAudience;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Grants;
import dev.carillon.support.TestRouter;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import jakarta.json.bind.JsonbBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may be seen at a record, and see others there. */
class HereTopicTest {

    private static final String REFUSED = "wamp.error.not_authorized";

    private final TestRouter router = router();

    @Test
    void whoMayLearnOfChangesMayBeThereAndSeeTheOthers() {
        for (String mode : List.of("viewing", "editing")) {
            assertThat(asks("sales", "carillon/here/" + mode + "/Order/17")).startsWith("[33,");
            assertThat(asks("sales", "carillon.presence.carillon/here/" + mode + "/Order/17"))
                    .startsWith("[33,");
        }
    }

    @Test
    void theOthersMayDoNeither() {
        assertThat(asks("clerk", "carillon/here/viewing/Order/17")).contains(REFUSED);
        assertThat(asks("clerk", "carillon.presence.carillon/here/viewing/Order/17"))
                .contains(REFUSED);
        assertThat(router.join()
                        .says("[32,1,{},'carillon/here/viewing/Order/17']")
                        .hears())
                .contains(REFUSED);
    }

    @Test
    void thereAreTwoModesAndNothingIsPublished() {
        assertThat(asks("sales", "carillon/here/reading/Order/17")).contains(REFUSED);
        assertThat(router.join("alice", "sales")
                        .says("[16,1,{'acknowledge':true},'carillon/here/viewing/Order/17',[1]]")
                        .hears())
                .contains(REFUSED);
    }

    @Test
    void aPatternDoesNotShowWhatATopicWouldNot() {
        assertThat(router.join("alice", "sales")
                        .says("[32,1,{'match':'prefix'},'carillon/here/']")
                        .hears())
                .contains(REFUSED);
    }

    private String asks(String role, String topic) {
        return router.join("alice", role).says("[32,1,{},'" + topic + "']").hears();
    }

    private static TestRouter router() {
        ContentAudience audience = new ContentAudience(List.of(), Map.of("Order", Set.of("sales")), Map::of);
        Topics topics = new Topics.Builder()
                .add(HereTopic.class.getAnnotation(Topic.class), "HereTopic", new HereTopic(audience))
                .build(
                        Grants.NONE,
                        new Topics.Surroundings(Runnable::run, Runnable::run, JsonbBuilder.create(), new Metrics()));
        return TestRouter.with(RealmSettings.of(Authenticator::anybody, topics));
    }
}
