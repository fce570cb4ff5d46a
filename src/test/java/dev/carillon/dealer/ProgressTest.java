package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Progressive Call Results" and "Progressive Call Invocations". */
class ProgressTest {

    private static final String[] STREAMING_CALLEE = {
        "callee.call_canceling", "callee.progressive_call_invocations", "callee.progressive_call_results"
    };

    private final TestRouter router = TestRouter.open();
    private final Peer caller = router.joinWith("caller.progressive_call_invocations");
    private final Peer callee = router.joinWith(STREAMING_CALLEE);

    // --- Results
    // -------------------------------------------------------------------------------------------------------

    @Test
    void resultsArriveOneByOneAndTheLastEndsTheCall() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'receive_progress':true},'add',[1]]");
        callee.hears("[68,1,1,{'receive_progress':true},[1]]");
        callee.says("[70,1,{'progress':true},[1]]")
                .says("[70,1,{'progress':true}]")
                .says("[70,1,{},[],{'k':1}]");
        caller.hears("[50,7,{'progress':true},[1]]")
                .hears("[50,7,{'progress':true}]")
                .hears("[50,7,{},[],{'k':1}]")
                .hearsNothing();
        callee.says("[70,1,{'progress':true}]").isAborted();
    }

    @Test
    void anErrorEndsTheCallBehindResults() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'receive_progress':true},'add']");
        assertThat(callee.hears()).startsWith("[68,");
        callee.says("[70,1,{'progress':true},[1]]").says("[8,68,1,{},'app.error']");
        caller.hears("[50,7,{'progress':true},[1]]").hears("[8,48,7,{},'app.error']");
    }

    @Test
    void whoHasAnnouncedNothingMaySendResultsOneByOneToo() {
        Peer autobahn = router.join();
        autobahn.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'receive_progress':true},'add']");
        autobahn.hears("[68,1,1,{'receive_progress':true}]").says("[70,1,{'progress':true},[1]]");
        caller.hears("[50,7,{'progress':true},[1]]");
    }

    @Test
    void resultsOneByOneThatNobodyAskedForAreLeftOut() {
        Peer simple = router.join();
        simple.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'receive_progress':false},'add']");
        simple.hears("[68,1,1,{}]").says("[70,1,{'progress':true},[1]]").says("[70,1,{},[2]]");
        caller.hears("[50,7,{},[2]]").hearsNothing();
    }

    @Test
    void aCalleeIsInterruptedWhenNobodyHearsItsResultsAnyMore() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'receive_progress':true},'add']");
        callee.hears("[68,1,1,{'receive_progress':true}]").says("[70,1,{'progress':true}]");
        caller.vanishes();
        callee.hears("[69,1,{'mode':'killnowait'}]");
        callee.says("[70,1,{'progress':true}]").says("[70,1,{}]").hearsNothing().isOpen();
    }

    @Test
    void aCalleeThatLeavesBehindResultsCancelsTheCall() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'receive_progress':true},'add']");
        callee.says("[70,1,{'progress':true},[1]]").vanishes();
        caller.hears("[50,7,{'progress':true},[1]]");
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.canceled\"");
    }

    @Test
    void aWishForProgressIsTrueOrFalse() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'receive_progress':1},'add']");
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.invalid_argument\"");
        caller.says("[48,8,{'progress':'x'},'add']");
        assertThat(caller.hears()).startsWith("[8,48,8,{},\"wamp.error.invalid_argument\"");
    }

    // --- Invocations
    // ---------------------------------------------------------------------------------------------------

    private void streamBegins() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'progress':true},'add',[1]]");
        callee.hears("[68,1,1,{'progress':true},[1]]");
    }

    @Test
    void argumentsArriveOneByOneAsInvocationsOfOneId() {
        streamBegins();
        caller.says("[48,8,{},'add',['another call']]").says("[48,7,{'progress':true},'add',[2]]");
        caller.says("[48,7,{},'add',[3]]");
        callee.hears("[68,2,1,{},['another call']]")
                .hears("[68,1,1,{'progress':true},[2]]")
                .hears("[68,1,1,{},[3]]")
                .says("[70,1,{},[6]]");
        caller.hears("[50,7,{},[6]]").hearsNothing();
        assertThat(router.metrics().calls()).isEqualTo(2);
    }

    @Test
    void theOptionsOfTheFirstCallCountForAll() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'progress':true,'disclose_me':true,'receive_progress':true},'add']");
        String who = "'caller':1001,'caller_authid':'anonymous','caller_authrole':'anonymous'";
        callee.hears("[68,1,1,{" + who + ",'receive_progress':true,'progress':true}]");
        caller.says("[48,7,{'progress':false,'disclose_me':false,'timeout':-1},'add']");
        callee.hears("[68,1,1,{" + who + ",'receive_progress':true}]");
        callee.says("[70,1,{'progress':true},[1]]").says("[70,1,{},[2]]");
        caller.hears("[50,7,{'progress':true},[1]]").hears("[50,7,{},[2]]");
    }

    @Test
    void whatComesAfterTheEndOfTheCallIsIgnored() {
        streamBegins();
        callee.says("[8,68,1,{},'app.error']");
        caller.hears("[8,48,7,{},'app.error']");
        caller.says("[48,7,{'progress':true},'add',[2]]")
                .says("[48,7,{},'add',[3]]")
                .hearsNothing()
                .isOpen();
        callee.hearsNothing();
    }

    @Test
    void whatComesAfterTheLastInvocationIsIgnored() {
        streamBegins();
        caller.says("[48,7,{},'add',[2]]").says("[48,7,{},'add',[3]]").says("[48,7,{'progress':true},'add',[4]]");
        callee.hears("[68,1,1,{},[2]]").hearsNothing().says("[70,1,{},[3]]");
        caller.hears("[50,7,{},[3]]").hearsNothing();
        callee.hearsNothing();
    }

    /** The rest was under way when it was refused: one answer, and no call of the rest alone. */
    @Test
    void ofACallThatIsRefusedNothingIsAnsweredOrCalledAgain() {
        caller.says("[48,7,{'progress':true},'nobody',[1]]")
                .says("[48,7,{'progress':true},'nobody',[2]]")
                .says("[48,7,{},'nobody',[3]]");
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.no_such_procedure\"");
        caller.hearsNothing();
        Peer plain = router.join().says("[64,1,{},'plain']").hears("[65,1,1]");
        caller.says("[48,8,{'progress':true},'plain',[1]]").says("[48,8,{},'plain',[2]]");
        assertThat(caller.hears()).startsWith("[8,48,8,{},\"wamp.error.feature_not_supported\"");
        caller.hearsNothing();
        plain.hearsNothing();
        caller.says("[48,8,{},'plain',[3]]");
        plain.hears("[68,1,1,{},[3]]");
    }

    @Test
    void theIdOfACallThatWasWholeMayBeUsedAgain() {
        streamBegins();
        caller.says("[48,7,{},'add',[2]]");
        callee.hears("[68,1,1,{},[2]]").says("[70,1,{},[3]]");
        caller.hears("[50,7,{},[3]]").says("[48,7,{},'add',[4]]");
        callee.hears("[68,2,1,{},[4]]").says("[70,2,{},[4]]");
        caller.hears("[50,7,{},[4]]");
    }

    @Test
    void theLastThatComesTooLateIsIgnoredAndThenTheIdMayBeUsedAgain() {
        streamBegins();
        callee.says("[8,68,1,{},'app.error']");
        caller.hears("[8,48,7,{},'app.error']")
                .says("[48,7,{'progress':true},'add',[2]]")
                .says("[48,7,{},'add',[3]]")
                .hearsNothing();
        caller.says("[48,7,{},'add',[4]]");
        callee.hears("[68,2,1,{},[4]]").hearsNothing();
    }

    @Test
    void whatNamesAnotherProcedureIsNoPartOfACallThatIsOver() {
        streamBegins();
        callee.says("[64,2,{},'subtract']").hears("[65,2,2]").says("[8,68,1,{},'app.error']");
        caller.hears("[8,48,7,{},'app.error']").says("[48,7,{},'subtract',[2]]");
        callee.hears("[68,2,2,{},[2]]").says("[70,2,{},[3]]");
        caller.hears("[50,7,{},[3]]").says("[48,7,{},'add',[4]]");
        callee.hears("[68,3,1,{},[4]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "callee leaves"})
    void howeverTheCallEndsWhatFollowsIsIgnored(String end) {
        streamBegins();
        if (end.equals("cancel")) {
            caller.says("[49,7,{}]");
        } else {
            callee.vanishes();
        }
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.canceled\"");
        caller.says("[48,7,{'progress':true},'add',[2]]").hearsNothing().isOpen();
    }

    @Test
    void aCalleeIsInterruptedWhenTheCallerLeavesInTheMiddle() {
        streamBegins();
        caller.vanishes();
        callee.hears("[69,1,{'mode':'killnowait'}]").says("[70,1,{}]").isOpen();
    }

    @Test
    void allInvocationsOfACallGoToOneCallee() {
        Peer other = router.joinWith(STREAMING_CALLEE);
        callee.says("[64,1,{'invoke':'roundrobin'},'add']").hears("[65,1,1]");
        other.says("[64,1,{'invoke':'roundrobin'},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'progress':true},'add',[1]]")
                .says("[48,8,{},'add']")
                .says("[48,7,{},'add',[2]]");
        callee.hears("[68,1,1,{'progress':true},[1]]").hears("[68,1,1,{},[2]]").hearsNothing();
        other.hears("[68,1,1,{}]").hearsNothing();
    }

    @Test
    void afterUnregisteringTheCallGoesOn() {
        streamBegins();
        callee.says("[66,2,1]").hears("[67,2]");
        caller.says("[48,7,{},'add',[2]]");
        callee.hears("[68,1,1,{},[2]]").says("[70,1,{}]");
        caller.hears("[50,7,{}]");
    }

    @Test
    void whoHasNotAnnouncedItMustNotCallLikeThis() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        router.join().says("[48,7,{'progress':true},'add']").isAborted();
        callee.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"callee.call_canceling", "callee.progressive_call_invocations"})
    void aCalleeThatLacksHalfOfItIsNotCalledLikeThis(String half) {
        Peer simple = router.joinWith(half);
        simple.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{'progress':true},'add']");
        assertThat(caller.hears()).startsWith("[8,48,7,{},\"wamp.error.feature_not_supported\"");
        simple.hearsNothing();
    }

    @Test
    void aPendingIdCannotBeginAnotherCall() {
        streamBegins();
        caller.says("[48,7,{},'subtract']").isAborted();
    }

    @Test
    void anOrdinaryCallCannotBeContinued() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,7,{},'add']").says("[48,7,{},'add']").isAborted();
    }

    @Test
    void aContinuationThatDoesNotSayWhetherItIsTheLastIsAViolation() {
        streamBegins();
        caller.says("[48,7,{'progress':1},'add']").isAborted();
    }

    @Test
    void continuationsDoNotCountWhereRequestIdsMust() {
        TestRouter strict = TestRouter.withStrictRequestIds();
        Peer server = strict.joinWith(STREAMING_CALLEE).says("[64,1,{},'add']").hears("[65,1,1]");
        Peer streaming = strict.joinWith("caller.progressive_call_invocations");
        streaming.says("[48,1,{'progress':true},'add']").says("[48,2,{},'add']").says("[48,1,{},'add']");
        server.hears("[68,1,1,{'progress':true}]").hears("[68,2,1,{}]").hears("[68,1,1,{}]");
        streaming.says("[48,4,{},'add']").isAborted();
    }

    @Test
    void theRightToCallIsAskedOnce() {
        AtomicInteger asked = new AtomicInteger();
        Authorizer once = request -> {
            if (request.action() == Authorizer.Action.CALL && asked.incrementAndGet() > 1) {
                throw new WampError(ErrorUri.NOT_AUTHORIZED, "not again");
            }
        };
        TestRouter guarded = TestRouter.with(RealmSettings.of(Authenticator::anybody, once));
        Peer server = guarded.joinWith(STREAMING_CALLEE).says("[64,1,{},'add']").hears("[65,1,1]");
        Peer streaming = guarded.joinWith("caller.progressive_call_invocations");
        streaming.says("[48,1,{'progress':true},'add']").says("[48,1,{},'add']").hearsNothing();
        server.hears("[68,1,1,{'progress':true}]").hears("[68,1,1,{}]");
        streaming.says("[48,2,{},'add']").hears("[8,48,2,{},'wamp.error.not_authorized',['not again']]");
    }
}
