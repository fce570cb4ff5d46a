package dev.carillon.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.security.Handshake;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who serves what. Advanced Profile, "Registration Meta API". */
class RegistrationMetaTest {

    private final TestRouter router = TestRouter.open();
    private final Peer alice = router.joinWith("callee.registration_revocation"); // sessions take the ids from 1001
    private final Peer bob = router.join();
    private final Peer admin = router.join();

    @Test
    void registrationsAreListedByMatchPolicy() {
        admin.says("[48,1,{},'wamp.registration.list']").hears("[50,1,{},[{'exact':[],'prefix':[],'wildcard':[]}]]");
        serveAll();
        admin.says("[48,2,{},'wamp.registration.list',['ignored']]")
                .hears("[50,2,{},[{'exact':[1,4],'prefix':[2],'wildcard':[3]}]]");
    }

    /** 1 {@code shop.buy}, 2 prefix {@code shop.}, 3 wildcard {@code shop..total}, 4 {@code shop.sell} by two. */
    private void serveAll() {
        alice.says("[64,1,{},'shop.buy']").hears("[65,1,1]");
        alice.says("[64,2,{'match':'prefix'},'shop.']").hears("[65,2,2]");
        alice.says("[64,3,{'match':'wildcard'},'shop..total']").hears("[65,3,3]");
        alice.says("[64,4,{'invoke':'roundrobin'},'shop.sell']").hears("[65,4,4]");
        bob.says("[64,1,{'invoke':'roundrobin'},'shop.sell']").hears("[65,1,4]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'shop.buy' | 1",
                "'shop.buy',{} | 1",
                "'shop.buy',null | 1",
                "'shop.buy',{'match':'exact','invoke':'last','_mine':1} | 1",
                "'shop.buy',{'match':'prefix'} | null",
                "'shop.',{'match':'prefix'} | 2",
                "'shop.' | null",
                "'shop..total',{'match':'wildcard'} | 3",
                "'shop..total',{'match':null} | null",
                "'nobody.serves.this' | null",
                "'' | null"
            })
    void aRegistrationIsLookedUpByItsVeryPattern(String arguments, String id) {
        serveAll();
        admin.says("[48,1,{},'wamp.registration.lookup',[" + arguments + "]]").hears("[50,1,{},[" + id + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.buy | 1",
                "shop.sell | 4",
                "shop.other | 2",
                "shop.x.total | 2",
                "store.x.total | null",
                "wamp.session.count | null"
            })
    void whatIsMatchedIsWhatACallWouldReach(String procedure, String id) {
        serveAll();
        admin.says("[48,1,{},'wamp.registration.match',['" + procedure + "']]").hears("[50,1,{},[" + id + "]]");
    }

    @Test
    void aRegistrationIsDescribedWithItsCallees() {
        serveAll();
        admin.says("[48,1,{},'wamp.registration.get',[4]]")
                .hears("[50,1,{},[{'id':4,'created':'2026-11-21T10:00:00Z','uri':'shop.sell','match':'exact',"
                        + "'invoke':'roundrobin'}]]");
        admin.says("[48,2,{},'wamp.registration.get',[3]]")
                .hears("[50,2,{},[{'id':3,'created':'2026-11-21T10:00:00Z','uri':'shop..total','match':'wildcard',"
                        + "'invoke':'single'}]]");
        admin.says("[48,3,{},'wamp.registration.list_callees',[4]]").hears("[50,3,{},[[1001,1002]]]");
        admin.says("[48,4,{},'wamp.registration.count_callees',[4]]").hears("[50,4,{},[2]]");
        alice.vanishes();
        admin.says("[48,5,{},'wamp.registration.list_callees',[4]]").hears("[50,5,{},[[1002]]]");
        admin.says("[48,6,{},'wamp.registration.count_callees',[1]]")
                .hears("[8,48,6,{},'wamp.error.no_such_registration',['there is no registration 1']]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "list_callees", "count_callees", "remove_callee"})
    void aRegistrationThatIsNotThereAndWhatIsNoIdAreErrors(String procedure) {
        String call = "[48,1,{},'wamp.registration." + procedure + "'";
        admin.says(call + ",[99,1001]]").hearsRefusal(1, "wamp.error.no_such_registration");
        for (String arguments : new String[] {"", ",[]", ",['1',1001]", ",[0,1001]", ",[1.5,1001]", ",[null,1001]"}) {
            admin.says(call + arguments + "]").hearsRefusal(1, "wamp.error.invalid_argument");
        }
        admin.isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",[]", ",[null]", ",[17]", ",[['shop.buy']]", ",[],{'procedure':'shop.buy'}"})
    void aProcedureThatIsNoStringIsAnError(String arguments) {
        for (String procedure : new String[] {"lookup", "match"}) {
            admin.says("[48,1,{},'wamp.registration." + procedure + "'" + arguments + "]")
                    .hearsRefusal(1, "wamp.error.invalid_argument");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'prefix'", "[]", "1", "{'match':'regex'}", "{'match':1}", "{'match':''}"})
    void optionsThatAreNoneOfRegisterAreAnError(String options) {
        admin.says("[48,1,{},'wamp.registration.lookup',['shop.buy'," + options + "]]")
                .hearsRefusal(1, "wamp.error.invalid_argument");
    }

    @Test
    void aCalleeIsRemovedAndToldIfItUnderstands() {
        serveAll();
        admin.says("[32,1,{'match':'prefix'},'wamp.registration.']").hears("[33,1,1]");
        admin.says("[48,2,{},'wamp.registration.remove_callee',[4,1001],{'reason':'app.maintenance'}]")
                .hears("[50,2,{}]")
                .hearsEvent(1, "{'topic':'wamp.registration.on_unregister'},[1001,4]")
                .hearsNothing();
        alice.hears("[67,0,{'registration':4,'reason':'app.maintenance'}]");
        admin.says("[48,3,{},'wamp.registration.remove_callee',[4,1002]]")
                .hears("[50,3,{}]")
                .hearsEvent(1, "{'topic':'wamp.registration.on_unregister'},[1002,4]")
                .hearsEvent(1, "{'topic':'wamp.registration.on_delete'},[1002,4]");
        bob.hearsNothing().isOpen();
        admin.says("[48,4,{},'wamp.registration.remove_callee',[1,1001]]").hears("[50,4,{}]");
        alice.hears("[67,0,{'registration':1,'reason':'wamp.error.not_authorized'}]");
    }

    @Test
    void whoDoesNotServeCannotBeRemovedNorCanTheApplication() {
        serveAll();
        Peer application = router.connect(Handshake.APPLICATION).join(TestRouter.REALM);
        long id = application.session().id().value();
        application.says("[64,1,{},'shop.audit']").hears("[65,1,5]");
        admin.says("[48,1,{},'wamp.registration.remove_callee',[1,1002]]")
                .hearsRefusal(1, "wamp.error.no_such_session");
        admin.says("[48,2,{},'wamp.registration.remove_callee',[1,999]]").hearsRefusal(2, "wamp.error.no_such_session");
        admin.says("[48,3,{},'wamp.registration.remove_callee',[5," + id + "]]")
                .hearsRefusal(3, "wamp.error.no_such_session");
        admin.says("[48,4,{},'wamp.registration.remove_callee',[1,1001],{'reason':'a b'}]")
                .hearsRefusal(4, "wamp.error.invalid_uri");
        admin.says("[48,5,{},'wamp.registration.remove_callee',[1]]").hearsRefusal(5, "wamp.error.invalid_argument");
        alice.hearsNothing();
        admin.says("[48,6,{},'wamp.registration.list']");
        assertThat(admin.hears()).contains("\"exact\":[1,4,5]");
    }

    @Test
    void realmsDoNotKnowEachOthersRegistrations() {
        serveAll();
        Peer other = router.connect().join("realm2");
        other.says("[48,1,{},'wamp.registration.list']").hears("[50,1,{},[{'exact':[],'prefix':[],'wildcard':[]}]]");
        other.says("[48,2,{},'wamp.registration.match',['shop.buy']]").hears("[50,2,{},[null]]");
        other.says("[48,3,{},'wamp.registration.get',[1]]").hearsRefusal(3, "wamp.error.no_such_registration");
    }
}
