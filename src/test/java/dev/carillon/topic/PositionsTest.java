package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.history.HistorySettings;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;

/** What a page is rendered with, so that it misses nothing until it subscribes. */
class PositionsTest {

    private final TestRouter router = TestRouter.openWith(HistorySettings.parse("prefix news"));
    private final Positions positions = new Positions(router.router(), TestRouter.REALM);

    @Test
    void aTopicIsWhereItsHistoryIs() {
        assertThat(positions.of("news/1")).isEqualTo("epoch1:0");
        router.publish("news/2", "[1]");
        assertThat(positions.of("news/1")).isEqualTo("epoch1:1");
        assertThat(positions.of("newsreel")).isEqualTo("epoch1:1");
    }

    @Test
    void aTopicWithoutHistoryHasNone() {
        router.publish("chat", "[1]");
        assertThat(positions.of("chat")).isEmpty();
        assertThat(positions.of("")).isEmpty();
        assertThat(positions.of("a..b")).isEmpty();
    }

    @Test
    void eachRealmHasItsOwn() {
        router.publish("news", "[1]");
        assertThat(positions.of("realm2", "news")).isEqualTo("epoch2:0");
        assertThat(positions.of(TestRouter.REALM, "news")).isEqualTo("epoch1:1");
    }

    @Test
    void aRealmThatDoesNotExistIsAMistakeOfThePage() {
        assertThatThrownBy(() -> positions.of("nowhere", "news"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("realm2");
    }

    @Test
    void whatIsPublishedFromThereOnIsReplayedOnce() {
        router.publish("news/1", "[\"shown\"]");
        String rendered = positions.of("news/1");
        router.publish("news/1", "[\"since\"]");
        Peer page = router.join().says("[32,1,{'_after':'" + rendered + "'},'news/1']");
        router.publish("news/1", "[\"live\"]");
        assertThat(page.hearsAll())
                .hasSize(4)
                .anySatisfy(marker -> assertThat(marker).contains("\"_gap\":false", rendered))
                .filteredOn(message -> message.contains("since"))
                .hasSize(1);
    }

    @Test
    void oneOfATopicServesAPatternThatMatchesIt() {
        String rendered = positions.of("news/1");
        router.publish("news/2", "[\"since\"]");
        Peer page = router.join()
                .says("[32,1,{'match':'prefix','_after':'" + rendered + "'},'news/']")
                .hears("[33,1,1]");
        assertThat(page.hears()).contains("\"_gap\":false");
        assertThat(page.hears()).contains("since", "\"_replayed\":true");
        page.hearsNothing();
    }
}
