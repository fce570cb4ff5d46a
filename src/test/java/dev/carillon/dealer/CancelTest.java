package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Call Canceling". */
class CancelTest {

    private static final String CANCELED = "[8,48,7,{},'wamp.error.canceled',['the call was canceled']]";

    private final TestRouter router = TestRouter.open();
    private final Peer caller = router.join();
    private final Peer callee = router.joinWith("callee.call_canceling");

    private void callIsUnderWay(Peer server) {
        server.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{},'add']");
        server.hears("[68,1,1,{}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'mode':'killnowait'}"})
    void withoutWaitingTheCallerIsAnsweredAtOnceAndTheCalleeInterrupted(String options) {
        callIsUnderWay(callee);
        caller.says("[49,7," + options + "]").hears(CANCELED);
        callee.hears("[69,1,{'mode':'killnowait'}]").says("[70,1,{},[5]]").isOpen();
        caller.hearsNothing();
    }

    @Test
    void aSkippedCallIsAnsweredAtOnceAndTheCalleeIsNotTold() {
        callIsUnderWay(callee);
        caller.says("[49,7,{'mode':'skip'}]").hears(CANCELED);
        callee.hearsNothing().says("[8,68,1,{},'app.error']").isOpen();
        caller.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[70,1,{},[5]] | [50,7,{},[5]]",
                "[8,68,1,{},'wamp.error.canceled',['stopped']] | [8,48,7,{},'wamp.error.canceled',['stopped']]"
            })
    void aKilledCallWaitsForWhatItsCalleeMakesOfIt(String answers) {
        callIsUnderWay(callee);
        caller.says("[49,7,{'mode':'kill'}]").hearsNothing();
        callee.hears("[69,1,{'mode':'kill'}]").says(answers.split(" \\| ")[0]);
        caller.hears(answers.split(" \\| ")[1]).hearsNothing();
    }

    @Test
    void aCallIsInterruptedOnceAndAnsweredOnce() {
        callIsUnderWay(callee);
        caller.says("[49,7,{'mode':'kill'}]").says("[49,7,{'mode':'kill'}]").hearsNothing();
        callee.hears("[69,1,{'mode':'kill'}]").hearsNothing();
        caller.says("[49,7,{}]").hears(CANCELED).says("[49,7,{}]").hearsNothing();
        callee.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'mode':'kill'}", "{'mode':'killnowait'}", "{'mode':'skip'}"})
    void aCalleeThatCannotBeInterruptedIsSkipped(String options) {
        Peer stubborn = router.join();
        callIsUnderWay(stubborn);
        caller.says("[49,7," + options + "]").hears(CANCELED);
        stubborn.hearsNothing().says("[70,1,{},[5]]").isOpen();
        caller.hearsNothing();
    }

    @Test
    void theOtherSpellingOfTheFeatureCountsToo() {
        Peer british = router.joinWith("callee.call_cancelling");
        callIsUnderWay(british);
        caller.says("[49,7,{}]").hears(CANCELED);
        british.hears("[69,1,{'mode':'killnowait'}]");
    }

    @Test
    void whatIsNotUnderWayCannotBeCanceledAndNobodyMinds() {
        callIsUnderWay(callee);
        callee.says("[70,1,{},[5]]");
        caller.hears("[50,7,{},[5]]");
        caller.says("[49,7,{}]")
                .says("[49,8,{}]")
                .says("[49,8,{'mode':'x'}]")
                .hearsNothing()
                .isOpen();
        callee.hearsNothing();
    }

    @Test
    void nobodyCancelsTheCallOfAnother() {
        callIsUnderWay(callee);
        Peer mallory = router.join().says("[49,7,{}]").hearsNothing();
        callee.hearsNothing().says("[70,1,{},[5]]");
        caller.hears("[50,7,{},[5]]");
        mallory.isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x'", "''", "1", "true"})
    void anUnknownModeIsAnErrorOfTheCancelAndTheCallGoesOn(String mode) {
        callIsUnderWay(callee);
        caller.says("[49,7,{'mode':" + mode + "}]");
        assertThat(caller.hears()).startsWith("[8,49,7,{},\"wamp.error.invalid_argument\",[");
        callee.hearsNothing().says("[70,1,{},[5]]");
        caller.hears("[50,7,{},[5]]");
    }

    @Test
    void theIdOfACanceledCallMayBeUsedAgain() {
        callIsUnderWay(callee);
        caller.says("[49,7,{}]").hears(CANCELED).says("[48,7,{},'add']");
        callee.hears("[69,1,{'mode':'killnowait'}]").hears("[68,2,1,{}]").says("[70,1,{},['late']]");
        caller.hearsNothing();
        callee.says("[70,2,{},['new']]");
        caller.hears("[50,7,{},['new']]");
    }

    @Test
    void aSecondLateAnswerIsAViolation() {
        callIsUnderWay(callee);
        caller.says("[49,7,{}]").hears(CANCELED);
        callee.hears("[69,1,{'mode':'killnowait'}]")
                .says("[70,1,{'progress':true}]")
                .says("[70,1,{}]");
        callee.hearsNothing().says("[70,1,{}]").isAborted();
    }

    @Test
    void lateAnswersOfACalleeThatLeftManyUnansweredAreStillDiscarded() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        for (int i = 1; i <= Party.MEMORY + 2; i++) {
            caller.says("[48," + i + ",{},'add']")
                    .says("[49," + i + ",{'mode':'skip'}]")
                    .hears();
            callee.hears();
        }
        callee.says("[70,1,{}]")
                .says("[70," + (Party.MEMORY + 2) + ",{}]")
                .hearsNothing()
                .isOpen();
        callee.says("[70," + (Party.MEMORY + 2) + ",{}]").isAborted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[6,{},'wamp.close.normal']", "[3,{},'x.y']", "rubbish"})
    void aCalleeIsInterruptedWhenItsCallerLeaves(String end) {
        callIsUnderWay(callee);
        caller.says(end);
        callee.hears("[69,1,{'mode':'killnowait'}]")
                .says("[70,1,{},[5]]")
                .hearsNothing()
                .isOpen();
    }

    @Test
    void aCalleeThatWasInterruptedIsNotInterruptedAgainWhenItsCallerVanishes() {
        callIsUnderWay(callee);
        caller.says("[49,7,{'mode':'kill'}]");
        callee.hears("[69,1,{'mode':'kill'}]");
        caller.vanishes();
        callee.hearsNothing();
    }

    @Test
    void aCalleeThatCannotBeInterruptedIsNotToldThatItsCallerLeft() {
        Peer stubborn = router.join();
        callIsUnderWay(stubborn);
        caller.vanishes();
        stubborn.hearsNothing().says("[70,1,{}]").isOpen();
    }

    @Test
    void aSessionCancelsItsOwnWork() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]").says("[48,7,{},'add']").hears("[68,1,1,{}]");
        callee.says("[49,7,{}]").hears(CANCELED).hears("[69,1,{'mode':'killnowait'}]");
        callee.says("[48,8,{},'add']").hears("[68,2,1,{}]");
        callee.says("[6,{},'wamp.close.normal']")
                .hears("[6,{},'wamp.close.goodbye_and_out']")
                .hearsNothing();
    }

    @Test
    void onlyCallersCancelAndOnlyTheRouterInterrupts() {
        callIsUnderWay(callee);
        caller.says("[69,1,{}]").isAborted();
        callee.hears("[69,1,{'mode':'killnowait'}]");
    }
}
