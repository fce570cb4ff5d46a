package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Advanced Profile, "Registration Meta API", the events. */
class RegistrationEventsTest {

    private final TestRouter router = TestRouter.open();
    private final Peer callee = router.join(); // session 1001
    private final Peer observer = router.join();

    RegistrationEventsTest() {
        List<String> events = List.of("create", "register", "unregister", "delete");
        for (int i = 1; i <= events.size(); i++) {
            String topic = "wamp.registration.on_" + events.get(i - 1);
            observer.says("[32," + i + ",{},'" + topic + "']").hears("[33," + i + "," + i + "]");
        }
    }

    /** What the observer has heard: subscription and arguments of each event. */
    private List<String> events() {
        return observer.hearsAll().stream()
                .map(event -> event.replaceFirst("\\[36,(\\d+),\\d+,\\{\\},(.*)\\]", "$1 $2")
                        .replace('"', '\''))
                .collect(Collectors.toList());
    }

    @Test
    void aRegistrationIsCreatedThenServedAndEndsInReverse() {
        callee.says("[64,1,{'match':'prefix','invoke':'first'},'shop.']").hears("[65,1,1]");
        assertThat(events())
                .containsExactly(
                        "1 [1001,{'id':1,'created':'2026-11-21T10:00:00Z','uri':'shop.','match':'prefix','invoke':'first'}]",
                        "2 [1001,1]");
        callee.says("[66,2,1]").hears("[67,2]");
        assertThat(events()).containsExactly("3 [1001,1]", "4 [1001,1]");
    }

    @Test
    void whoSharesARegistrationCreatesNoneAndTheLastToLeaveDeletesIt() {
        Peer other = router.join(); // session 1003
        callee.says("[64,1,{'invoke':'first'},'add']").hears("[65,1,1]");
        assertThat(events()).hasSize(2);
        other.says("[64,1,{'invoke':'first'},'add']").hears("[65,1,1]");
        assertThat(events()).hasSize(1).first().asString().startsWith("2 [").endsWith(",1]");
        callee.vanishes();
        assertThat(events()).containsExactly("3 [1001,1]");
        other.vanishes();
        assertThat(events()).hasSize(2).element(1).asString().startsWith("4 [").endsWith(",1]");
    }

    @Test
    void whoLeavesLeavesAllItsRegistrations() {
        callee.says("[64,1,{},'a']").hears("[65,1,1]").says("[64,2,{},'b']").hears("[65,2,2]");
        events();
        callee.says("[6,{},'wamp.close.normal']");
        assertThat(events()).containsExactly("3 [1001,1]", "4 [1001,1]", "3 [1001,2]", "4 [1001,2]");
    }

    @Test
    void whatIsRefusedIsNoEvent() {
        callee.says("[64,1,{},'a']").hears("[65,1,1]");
        events();
        router.join().says("[64,1,{},'a']");
        callee.says("[66,2,99]");
        assertThat(events()).isEmpty();
    }

    @Test
    void theCalleeIsAnsweredBeforeItHearsOfItself() {
        observer.says("[64,9,{},'a']").hears("[65,9,1]");
        assertThat(events()).hasSize(2);
        observer.says("[66,10,1]").hears("[67,10]");
        assertThat(events()).hasSize(2);
    }

    @Test
    void aPlaceThatIsTakenIsLeftBeforeItIsTaken() {
        callee.says("[64,1,{},'a']").hears("[65,1,1]");
        events();
        router.join().says("[64,1,{'force_reregister':true},'a']").hears("[65,1,2]");
        assertThat(events().stream().map(event -> event.substring(0, 1))).containsExactly("3", "4", "1", "2");
    }
}
