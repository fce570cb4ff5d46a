package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.OutboxLimits;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Basic Profile, "Remote Procedure Calls". */
class CallTest {

    private final TestRouter router = TestRouter.open();
    private final Peer callee = router.join();
    private final Peer caller = router.join();

    @Test
    void aCallIsInvokedAndItsResultComesBack() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,17,{},'add',[2,3],{'precise':true}]").hearsNothing();
        callee.hears("[68,1,1,{},[2,3],{'precise':true}]").says("[70,1,{},[5],{'k':null}]");
        caller.hears("[50,17,{},[5],{'k':null}]").hearsNothing();
        callee.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",[]", ",[],{}", ",[1.0,1e400,9007199254740993]", ",[ 1 , 2 ] , {\"a\" :\"\\u0041\"}"})
    void payloadsTravelAsTheyAre(String payload) {
        callee.says("[64,1,{},'add']").hears();
        caller.saysExactly("[48,1,{},\"add\"" + payload + "]");
        assertThat(callee.hears()).isEqualTo("[68,1,1,{}" + payload + "]");
        callee.saysExactly("[70,1,{}" + payload + "]");
        assertThat(caller.hears()).isEqualTo("[50,1,{}" + payload + "]");
    }

    @Test
    void aProcedureThatNobodyServesIsAnErrorOfTheCall() {
        caller.says("[48,7,{},'add']")
                .hears("[8,48,7,{},'wamp.error.no_such_procedure',['nobody has registered this procedure']]");
    }

    @Test
    void anErrorOfTheCalleeReachesTheCallerAsItIs() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        callee.hears("[68,1,1,{}]").says("[8,68,1,{'x':1},'app.error.overflow',['too much'],{'max':9}]");
        caller.hears("[8,48,7,{'x':1},'app.error.overflow',['too much'],{'max':9}]")
                .hearsNothing();
    }

    @Test
    void invocationsCountFromOneForEachCallee() {
        Peer other = router.join();
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        other.says("[64,1,{},'subtract']").hears("[65,1,2]");
        caller.says("[48,11,{},'add']").says("[48,12,{},'subtract']").says("[48,13,{},'add']");
        callee.hears("[68,1,1,{}]").hears("[68,2,1,{}]");
        other.hears("[68,1,2,{}]");
    }

    @Test
    void answersMayComeInAnotherOrder() {
        callee.says("[64,1,{},'add']").hears();
        int calls = 3000;
        List<Integer> invocations = new ArrayList<>();
        for (int i = 1; i <= calls; i++) {
            caller.says("[48," + i + ",{},'add',[" + i + "]]");
            callee.hears("[68," + i + ",1,{},[" + i + "]]");
            invocations.add(i);
        }
        Collections.shuffle(invocations, new Random(42));
        for (int i : invocations) {
            callee.says("[70," + i + ",{},[" + -i + "]]");
            caller.hears("[50," + i + ",{},[" + -i + "]]");
        }
        assertThat(router.metrics().calls()).isEqualTo(calls);
    }

    @Test
    void aSessionMayCallItself() {
        caller.says("[64,1,{},'add']").hears();
        caller.says("[48,2,{},'add']")
                .hears("[68,1,1,{}]")
                .says("[70,1,{},[5]]")
                .hears("[50,2,{},[5]]");
    }

    @Test
    void aSessionThatCallsItselfAndLeavesIsForgotten() {
        caller.says("[64,1,{},'add']").hears();
        caller.says("[48,2,{},'add']").hears("[68,1,1,{}]");
        caller.says("[6,{},'wamp.close.normal']")
                .hears("[6,{},'wamp.close.goodbye_and_out']")
                .hearsNothing();
        callee.says("[64,1,{},'add']").hears("[65,1,2]");
    }

    @Test
    void aProcedureIsServedByOneSession() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        Peer other = router.join().says("[64,1,{},'add']");
        assertThat(other.hears()).startsWith("[8,64,1,{},\"wamp.error.procedure_already_exists\",[");
        callee.says("[64,2,{},'add']");
        assertThat(callee.hears()).startsWith("[8,64,2,{},\"wamp.error.procedure_already_exists\",[");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | a..b | wamp.error.invalid_uri",
                "{} | wamp.session.count | wamp.error.invalid_uri",
                "{'match':'x'} | a | wamp.error.invalid_argument",
                "{'match':1} | a | wamp.error.invalid_argument",
                "{'invoke':true} | a | wamp.error.invalid_argument",
                "{'disclose_caller':1} | a | wamp.error.invalid_argument",
                "{'forward_timeout':'x'} | a | wamp.error.invalid_argument",
                "{'force_reregister':0} | a | wamp.error.invalid_argument",
                "{'invoke':'x'} | a | wamp.error.invalid_argument",
            })
    void whatCannotBeRegisteredIsAnError(String options, String procedure, String error) {
        callee.says("[64,5," + options + ",'" + procedure + "']");
        assertThat(callee.hears()).startsWith("[8,64,5,{},\"" + error + "\",[");
        callee.isOpen();
    }

    @Test
    void thePoliciesThatHoldAnywayMayBeNamed() {
        callee.says("[64,1,{'match':'exact','invoke':'single'},'add']").hears("[65,1,1]");
    }

    @Test
    void anIllegalProcedureCannotBeCalled() {
        caller.says("[48,5,{},'a..b']");
        assertThat(caller.hears()).startsWith("[8,48,5,{},\"wamp.error.invalid_uri\",[");
    }

    @Test
    void aRegistrationThatOneDoesNotHaveCannotBeEnded() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[66,1,1]");
        assertThat(caller.hears()).startsWith("[8,66,1,{},\"wamp.error.no_such_registration\",[");
        caller.says("[66,2,99]");
        assertThat(caller.hears()).startsWith("[8,66,2,{},\"wamp.error.no_such_registration\",[");
        caller.says("[48,3,{},'add']");
        callee.hears("[68,1,1,{}]");
    }

    @Test
    void afterUnregisteringWhatIsUnderWayIsStillAnsweredAndNothingNewComes() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,1,{},'add']");
        callee.hears("[68,1,1,{}]").says("[66,2,1]").hears("[67,2]");
        caller.says("[48,2,{},'add']");
        assertThat(caller.hears()).startsWith("[8,48,2,{},\"wamp.error.no_such_procedure\"");
        callee.hearsNothing().says("[70,1,{},[5]]");
        caller.hears("[50,1,{},[5]]");
        callee.says("[64,3,{},'add']").hears("[65,3,2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[6,{},'wamp.close.normal']", "[3,{},'x.y']", "rubbish", "[70,99,{}]"})
    void aCalleeThatLeavesMidCallCancelsIt(String end) {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        callee.hears();
        callee.says(end);
        caller.hears("[8,48,7,{},'wamp.error.canceled',['the callee left before it had answered']]")
                .hearsNothing();
        caller.says("[48,8,{},'add']");
        assertThat(caller.hears()).contains("wamp.error.no_such_procedure");
    }

    @Test
    void aCalleeThatVanishesMidCallCancelsIt() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        callee.vanishes();
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.canceled\"");
    }

    @Test
    void aCalleeThatIsSentAwayMidCallCancelsIt() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        router.router().goodbye(callee.session()::equals, CloseUri.LOGGED_OUT, CloseReason.POLICY_VIOLATION);
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.canceled\"");
        callee.hears();
        callee.hears("[6,{},'carillon.close.logged_out']")
                .says("[70,1,{}]")
                .hearsNothing()
                .isOpen();
    }

    @Test
    void aCalleeThatDoesNotReadIsEndedAndItsCallsAreCanceled() {
        TestRouter small = TestRouter.with(new OutboxLimits(5, 1_000_000));
        Peer stalled = small.join().says("[64,1,{},'add']");
        stalled.hears();
        stalled.stopsReading();
        Peer first = small.join();
        Peer second = small.join();
        for (int i = 1; i <= 3; i++) {
            first.says("[48," + i + ",{},'add']");
            second.says("[48," + i + ",{},'add']");
        }
        stalled.isClosedWith(1013);
        for (int i = 1; i <= 3; i++) {
            assertThat(first.hears()).startsWith("[8,48," + i + ",{},\"wamp.error.canceled\"");
            assertThat(second.hears()).startsWith("[8,48," + i + ",{},\"wamp.error.canceled\"");
        }
    }

    @Test
    void aCallerThatLeavesMidCallHearsNothingAndTheLateAnswerIsDiscarded() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']").says("[48,8,{},'add']");
        callee.hears("[68,1,1,{}]").hears("[68,2,1,{}]");
        caller.vanishes();
        callee.says("[70,1,{},[5]]")
                .says("[8,68,2,{},'app.error']")
                .hearsNothing()
                .isOpen();
        caller.hearsNothing();
        callee.says("[70,1,{},[5]]").isAborted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[70,2,{}]",
                "[70,99,{}]",
                "[8,68,2,{},'a.b']",
                "[8,48,1,{},'a.b']",
                "[8,68,1,{},'a..b']",
                "[8,68,1,{},'']",
                "[70,1,{'progress':1}]",
                "[50,1,{}]",
                "[68,1,1,{}]",
                "[65,1,1]",
                "[67,1]"
            })
    void whatIsNoAnswerToAnInvocationEndsTheSession(String message) {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        callee.hears("[68,1,1,{}]");
        callee.says(message).isAborted();
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.canceled\"");
    }

    @Test
    void aSecondAnswerEndsTheSessionAndTheCallerHearsOne() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        callee.hears("[68,1,1,{}]").says("[70,1,{},[5]]").says("[70,1,{},[6]]").isAborted();
        caller.hears("[50,7,{},[5]]").hearsNothing();
    }

    @Test
    void nobodyCanAnswerForAnother() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        callee.hears("[68,1,1,{}]");
        Peer mallory = router.join();
        mallory.says("[70,1,{},[666]]").isAborted();
        caller.hearsNothing();
        callee.says("[70,1,{},[5]]");
        caller.hears("[50,7,{},[5]]");
    }

    @Test
    void aProgressiveResultThatNobodyAskedForIsLeftOut() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        callee.hears("[68,1,1,{}]").says("[70,1,{'progress':true},[1]]").says("[70,1,{},[2]]");
        caller.hears("[50,7,{},[2]]").hearsNothing();
    }

    @Test
    void aCallIdThatIsPendingMustNotBeUsedAgain() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']").says("[48,7,{},'add']").isAborted();
    }

    @Test
    void aCallIdMayBeUsedAgainWhenItsAnswerHasCome() {
        callee.says("[64,1,{},'add']").hears();
        caller.says("[48,7,{},'add']");
        callee.hears("[68,1,1,{}]").says("[70,1,{}]");
        caller.hears("[50,7,{}]").says("[48,7,{},'add']");
        callee.hears("[68,2,1,{}]");
    }

    @Test
    void requestIdsNeedNotCountUnlessRulesAreStrict() {
        caller.says("[32,789,{},'a']")
                .hears("[33,789,1]")
                .says("[32,123,{},'a']")
                .hears("[33,123,1]");
        Peer strict = TestRouter.withStrictRequestIds().join();
        strict.says("[32,1,{},'a']").hears("[33,1,1]").says("[34,2,1]").hears("[35,2]");
        strict.says("[48,4,{},'a']").isAborted();
        TestRouter.withStrictRequestIds().join().says("[32,2,{},'a']").isAborted();
    }

    @Test
    void callsOfOneCallerReachOneCalleeInOrderAcrossProcedures() {
        callee.says("[64,1,{},'a']").hears("[65,1,1]").says("[64,2,{},'b']").hears("[65,2,2]");
        for (int i = 1; i <= 50; i++) {
            caller.says("[48," + i + ",{},'" + (i % 3 == 0 ? "a" : "b") + "',[" + i + "]]");
        }
        for (int i = 1; i <= 50; i++) {
            assertThat(callee.hears()).startsWith("[68," + i + ",").endsWith("[" + i + "]]");
        }
    }

    @Test
    void realmsDoNotSeeEachOthersProcedures() {
        callee.says("[64,1,{},'add']").hears();
        Peer elsewhere = router.connect().join("realm2");
        elsewhere.says("[48,1,{},'add']");
        assertThat(elsewhere.hears()).contains("wamp.error.no_such_procedure");
        elsewhere.says("[64,2,{},'add']").hears("[65,2,1]");
    }

    @Test
    void whatMayNotBeDoneIsAnsweredAndTheSessionGoesOn() {
        Authorizer nothing = request -> {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, "not you");
        };
        Peer peer = TestRouter.with(Authenticator::anybody, nothing).join();
        peer.says("[64,1,{},'add']").hears("[8,64,1,{},'wamp.error.not_authorized',['not you']]");
        peer.says("[48,2,{},'add']").hears("[8,48,2,{},'wamp.error.not_authorized',['not you']]");
        peer.isOpen();
    }
}
