package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Call Timeouts". */
class TimeoutTest {

    private static final String TIMEOUT = "[8,48,7,{},'wamp.error.timeout',['no answer within 500 ms']]";

    private final TestRouter router = TestRouter.open();
    private final Peer caller = router.join();
    private final Peer callee = router.joinWith("callee.call_canceling", "callee.progressive_call_results");

    private void call(Peer server, String options, String details) {
        server.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7," + options + ",'add']");
        server.hears("[68,1,1," + details + "]");
    }

    private void after(int millis) {
        router.moveClock(Duration.ofMillis(millis));
    }

    @Test
    void aCallThatTakesTooLongEndsAndItsCalleeIsInterrupted() {
        call(callee, "{'timeout':500}", "{}");
        after(499);
        caller.hearsNothing();
        after(1);
        caller.hears(TIMEOUT);
        callee.hears("[69,1,{'mode':'killnowait'}]").says("[70,1,{},[5]]").isOpen();
        caller.hearsNothing();
        assertThat(router.alarms()).isZero();
    }

    @Test
    void aCalleeThatCannotBeInterruptedIsNotTold() {
        Peer stubborn = router.join();
        call(stubborn, "{'timeout':500}", "{}");
        after(500);
        caller.hears(TIMEOUT);
        stubborn.hearsNothing().says("[8,68,1,{},'app.error']").isOpen();
        caller.hearsNothing();
    }

    @Test
    void aCallThatIsAnsweredInTimeLeavesNoAlarmBehind() {
        call(callee, "{'timeout':500}", "{}");
        assertThat(router.alarms()).isOne();
        callee.says("[70,1,{},[5]]");
        caller.hears("[50,7,{},[5]]");
        assertThat(router.alarms()).isZero();
        after(10_000);
        caller.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error of the callee",
                "cancel",
                "caller leaves",
                "callee leaves",
            })
    void howeverACallEndsItLeavesNoAlarmBehind(String end) {
        call(callee, "{'timeout':500}", "{}");
        switch (end) {
            case "error of the callee" -> callee.says("[8,68,1,{},'app.error']");
            case "cancel" -> caller.says("[49,7,{}]");
            case "caller leaves" -> caller.vanishes();
            default -> callee.vanishes();
        }
        assertThat(router.alarms()).isZero();
    }

    @Test
    void aSessionThatCallsItselfAndLeavesLeavesNoAlarmBehind() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]").says("[48,7,{'timeout':500},'add']");
        callee.vanishes();
        assertThat(router.alarms()).isZero();
    }

    @Test
    void withoutATimeoutNoAlarmIsSet() {
        call(callee, "{'timeout':0}", "{}");
        assertThat(router.alarms()).isZero();
    }

    @Test
    void aTimeoutThatIsLongerThanAnyTimerIsTaken() {
        call(callee, "{'timeout':9223372036854775807}", "{}");
        after(1_000_000);
        caller.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "'5'", "1.5", "true", "9223372036854775808"})
    void whatIsNoTimeIsAnErrorAndNobodyIsCalled(String timeout) {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'timeout':" + timeout + "},'add']");
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.invalid_argument\",[");
        callee.hearsNothing();
        caller.says("[48,7,{},'add']");
        callee.hears("[68,1,1,{}]");
    }

    @Test
    void eachProgressiveResultStartsTheClockAgain() {
        call(callee, "{'timeout':500,'receive_progress':true}", "{'receive_progress':true}");
        for (int i = 0; i < 5; i++) {
            after(499);
            callee.says("[70,1,{'progress':true},[" + i + "]]");
            caller.hears("[50,7,{'progress':true},[" + i + "]]");
            assertThat(router.alarms()).isOne();
        }
        after(500);
        caller.hears(TIMEOUT).hearsNothing();
        callee.hears("[69,1,{'mode':'killnowait'}]");
    }

    @Test
    void aResultThatNobodyAskedForDoesNotStartTheClockAgain() {
        call(callee, "{'timeout':500}", "{}");
        after(499);
        callee.says("[70,1,{'progress':true},[1]]");
        after(1);
        caller.hears(TIMEOUT);
    }

    @Test
    void aKilledCallStillEndsInTime() {
        call(callee, "{'timeout':500}", "{}");
        caller.says("[49,7,{'mode':'kill'}]");
        callee.hears("[69,1,{'mode':'kill'}]");
        after(500);
        caller.hears(TIMEOUT);
        callee.hearsNothing();
    }

    @Test
    void aCalleeThatMindsTheTimeItselfIsToldOfIt() {
        callee.says("[64,1,{'forward_timeout':true},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'timeout':500},'add']");
        callee.hears("[68,1,1,{'timeout':500}]");
        assertThat(router.alarms()).isZero();
        after(10_000);
        callee.hearsNothing().says("[8,68,1,{},'wamp.error.timeout']");
        caller.hears("[8,48,7,{},'wamp.error.timeout']").says("[48,8,{},'add']");
        callee.hears("[68,2,1,{}]");
    }

    @Test
    void anAlarmThatIsNotForgottenInTimeEndsNoOtherCall() {
        call(callee, "{'timeout':500}", "{}");
        callee.says("[70,1,{}]");
        caller.hears("[50,7,{}]").says("[48,7,{},'add']");
        after(500);
        caller.hearsNothing();
    }
}
