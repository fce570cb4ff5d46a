package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Grants;
import dev.carillon.security.Permission;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advanced Profile, "Pattern-based Registrations" and "Shared Registration". */
class RegistrationTest {

    private final TestRouter router = TestRouter.open();
    private final Peer callee = router.join();
    private final Peer other = router.join();
    private final Peer caller = router.join();

    // --- Patterns
    // ------------------------------------------------------------------------------------------------------

    @Test
    void aPatternIsServedAndTheCalleeToldWhatWasCalled() {
        callee.says("[64,1,{'match':'prefix'},'shop.']").hears("[65,1,1]");
        callee.says("[64,2,{'match':'wildcard'},'..total']").hears("[65,2,2]");
        caller.says("[48,1,{},'shop.add',[1]]").says("[48,2,{},'stock.tea.total']");
        callee.hears("[68,1,1,{'procedure':'shop.add'},[1]]").hears("[68,2,2,{'procedure':'stock.tea.total'}]");
        callee.says("[70,1,{},[2]]");
        caller.hears("[50,1,{},[2]]").says("[48,3,{},'stock.tea.count']");
        assertThat(caller.hears()).contains("wamp.error.no_such_procedure");
    }

    /**
     * The example of the specification, but for one: {@code a1.b2.c33.d4.e5} begins with {@code a1.b2.c3} as text, and by
     * the specification's own rule that is what counts.
     */
    @ParameterizedTest
    @CsvSource({
        "a1.b2.c3.d4.e55, 1",
        "a1.b2.c3.d98.e74, 2",
        "a1.b2.c3.d4.e325, 3",
        "a1.b2.c55.d4.e5, 4",
        "a1.b2.c33.d4.e5, 2",
        "a1.b2.c88.d4.e5.f6.g7, 6",
    })
    void aCallGoesToTheBestMatchOnly(String procedure, int registration) {
        callee.says("[64,1,{},'a1.b2.c3.d4.e55']").hears("[65,1,1]");
        callee.says("[64,2,{'match':'prefix'},'a1.b2.c3']").hears("[65,2,2]");
        callee.says("[64,3,{'match':'prefix'},'a1.b2.c3.d4']").hears("[65,3,3]");
        callee.says("[64,4,{'match':'wildcard'},'a1.b2..d4.e5']").hears("[65,4,4]");
        callee.says("[64,5,{'match':'wildcard'},'a1.b2.c33..e5']").hears("[65,5,5]");
        callee.says("[64,6,{'match':'wildcard'},'a1.b2..d4.e5..g7']").hears("[65,6,6]");
        callee.says("[64,7,{'match':'wildcard'},'a1.b2..d4..f6.g7']").hears("[65,7,7]");
        caller.says("[48,1,{},'" + procedure + "']");
        assertThat(callee.hears()).startsWith("[68,1," + registration + ",");
        callee.hearsNothing();
        caller.hearsNothing().says("[48,2,{},'a2.b2.c2.d2.e2']");
        assertThat(caller.hears()).contains("wamp.error.no_such_procedure");
    }

    @Test
    void theSameTextWithAnotherPolicyIsAnotherRegistration() {
        callee.says("[64,1,{},'a.b']").hears("[65,1,1]");
        other.says("[64,1,{'match':'prefix'},'a.b']").hears("[65,1,2]");
        other.says("[64,2,{'match':'wildcard'},'a.b']").hears("[65,2,3]");
        other.says("[64,3,{'match':'prefix'},'a.b']");
        assertThat(other.hears()).contains("wamp.error.procedure_already_exists");
        callee.says("[66,2,1]").hears("[67,2]");
        caller.says("[48,1,{},'a.b']");
        other.hears("[68,1,2,{'procedure':'a.b'}]").says("[66,4,2]").hears("[67,4]");
        caller.says("[48,2,{},'a.b']");
        other.hears("[68,2,3,{'procedure':'a.b'}]");
    }

    @ParameterizedTest
    @CsvSource({"prefix, a..b", "prefix, a b", "wildcard, a.#.b", "prefix, a.b..", "exact, a."})
    void anIllegalPatternIsAnError(String match, String procedure) {
        callee.says("[64,1,{'match':'" + match + "'},'" + procedure + "']");
        assertThat(callee.hears()).startsWith("[8,64,1,{},\"wamp.error.invalid_uri\"");
    }

    @ParameterizedTest
    @CsvSource({"prefix, wamp", "prefix, wamp.", "prefix, wamp.session", "wildcard, wamp..count"})
    void nobodyRegistersWhatIsTheRouters(String match, String procedure) {
        callee.says("[64,1,{'match':'" + match + "'},'" + procedure + "']");
        assertThat(callee.hears()).startsWith("[8,64,1,{},\"wamp.error.invalid_uri\"");
    }

    @ParameterizedTest
    @CsvSource({"prefix, ''", "prefix, w", "wildcard, ..nothing"})
    void aWidePatternNeverServesWhatIsTheRouters(String match, String procedure) {
        callee.says("[64,1,{'match':'" + match + "'},'" + procedure + "']").hears("[65,1,1]");
        caller.says("[48,1,{},'wamp.really.nothing']");
        assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.no_such_procedure\"");
        callee.hearsNothing();
        caller.says("[48,2,{},'wampum.really.nothing']");
        callee.hears("[68,1,1,{'procedure':'wampum.really.nothing'}]");
    }

    // --- Sharing
    // -------------------------------------------------------------------------------------------------------

    /** @return the callees, by the call's argument in the order of the calls */
    private String whoIsCalled(String invoke, int calls) {
        Peer third = router.join();
        List<Peer> callees = List.of(callee, other, third);
        for (Peer each : callees) {
            each.says("[64,1,{'invoke':'" + invoke + "'},'add']").hears("[65,1,1]");
        }
        StringBuilder called = new StringBuilder();
        for (int i = 1; i <= calls; i++) {
            caller.says("[48," + i + ",{},'add']");
            for (int n = 0; n < callees.size(); n++) {
                called.append(callees.get(n).hearsAll().isEmpty() ? "" : n);
            }
        }
        return called.toString();
    }

    @ParameterizedTest
    @CsvSource({"first, 00000", "last, 22222", "roundrobin, 01201"})
    void callsAreSharedAsThePolicySays(String invoke, String called) {
        assertThat(whoIsCalled(invoke, 5)).isEqualTo(called);
    }

    @Test
    void chanceCallsEverybody() {
        String called = whoIsCalled("random", 60);
        assertThat(called).hasSize(60).contains("0").contains("1").contains("2");
    }

    @Test
    void whoeverLeavesIsSkippedAtOnceAndTheOthersTakeTurns() {
        assertThat(whoIsCalled("roundrobin", 4)).isEqualTo("0120");
        callee.vanishes();
        assertThat(caller.hearsAll()).hasSize(2); // what the callee had not answered
        caller.says("[48,11,{},'add']");
        assertThat(other.hears()).startsWith("[68,2,1,");
        other.says("[66,9,1]").hears("[67,9]");
        caller.says("[48,12,{},'add']").says("[48,13,{},'add']").hearsNothing();
        other.hearsNothing();
    }

    @Test
    void theNextInLineAnswersWhenTheFirstLeavesAndTheLastLeavesNothing() {
        callee.says("[64,1,{'invoke':'first'},'add']").hears("[65,1,1]");
        other.says("[64,1,{'invoke':'first'},'add']").hears("[65,1,1]");
        callee.says("[66,2,1]").hears("[67,2]");
        caller.says("[48,1,{},'add']");
        other.hears("[68,1,1,{}]");
        callee.hearsNothing();
        other.vanishes();
        caller.hears();
        caller.says("[48,2,{},'add']");
        assertThat(caller.hears()).contains("wamp.error.no_such_procedure");
        callee.says("[64,3,{'invoke':'last'},'add']").hears("[65,3,2]");
    }

    @ParameterizedTest
    @CsvSource({
        "single, single, procedure_already_exists",
        "single, roundrobin, procedure_exists_with_different_invocation_policy",
        "roundrobin, single, procedure_exists_with_different_invocation_policy",
        "first, last, procedure_exists_with_different_invocation_policy",
    })
    void whoeverWantsToShareInAnotherWayIsRefused(String present, String asked, String error) {
        callee.says("[64,1,{'invoke':'" + present + "'},'add']").hears("[65,1,1]");
        other.says("[64,1,{'invoke':'" + asked + "'},'add']");
        assertThat(other.hears()).startsWith("[8,64,1,{},\"wamp.error." + error + "\"");
        caller.says("[48,1,{},'add']");
        callee.hears("[68,1,1,{}]");
    }

    @Test
    void aSessionSharesWithOthersAndNotWithItself() {
        callee.says("[64,1,{'invoke':'roundrobin'},'add']").hears("[65,1,1]");
        callee.says("[64,2,{'invoke':'roundrobin'},'add']");
        assertThat(callee.hears()).startsWith("[8,64,2,{},\"wamp.error.procedure_already_exists\"");
    }

    @Test
    void whatOneOfThemDoesNotHaveIsNotTakenFromAnother() {
        callee.says("[64,1,{'invoke':'roundrobin'},'add']").hears("[65,1,1]");
        other.says("[66,1,1]");
        assertThat(other.hears()).startsWith("[8,66,1,{},\"wamp.error.no_such_registration\"");
        caller.says("[48,1,{},'add']");
        callee.hears("[68,1,1,{}]");
    }

    // --- Rights
    // --------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "prefix, shop., true",
        "prefix, shop.tea, true",
        "exact, shop.tea, true",
        "wildcard, shop..count, true",
        "prefix, shop, false",
        "prefix, '', false",
        "wildcard, .tea, false",
        "exact, shopping, false",
    })
    void aRightToSomeProceduresIsNoneToAPatternOfMore(String match, String procedure, boolean allowed) {
        Grants grants = new Grants(List.of(Permission.parse("anonymous: register prefix shop.")), List.of());
        TestRouter guarded = TestRouter.with(RealmSettings.of(Authenticator::anybody, request -> {
            if (!grants.grant(request)) {
                throw new WampError(ErrorUri.NOT_AUTHORIZED, "no");
            }
        }));
        Peer peer = guarded.join().says("[64,1,{'match':'" + match + "'},'" + procedure + "']");
        assertThat(peer.hears()).startsWith(allowed ? "[65,1,1]" : "[8,64,1,{},\"wamp.error.not_authorized\"");
    }
}
