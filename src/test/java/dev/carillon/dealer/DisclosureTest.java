package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;

/** Advanced Profile, "Caller Identification". */
class DisclosureTest {

    private static final String WHO = "'caller':1002,'caller_authid':'anonymous','caller_authrole':'anonymous'";

    private final TestRouter router = TestRouter.open();
    private final Peer callee = router.join();
    private final Peer caller = router.join();

    @Test
    void aCallerThatWantsToBeKnownIs() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,1,{'disclose_me':true},'add',[1]]").says("[48,2,{'disclose_me':false},'add']");
        callee.hears("[68,1,1,{" + WHO + "},[1]]").hears("[68,2,1,{}]");
    }

    @Test
    void aCalleeThatWantsToKnowIsTold() {
        callee.says("[64,1,{'disclose_caller':true},'add']").hears("[65,1,1]");
        caller.says("[48,1,{},'add']").says("[48,2,{'disclose_me':false},'add']");
        callee.hears("[68,1,1,{" + WHO + "}]").hears("[68,2,1,{" + WHO + "}]");
    }

    @Test
    void ofThoseWhoShareEachIsToldWhatItWants() {
        Peer curious = router.join();
        callee.says("[64,1,{'invoke':'roundrobin'},'add']").hears("[65,1,1]");
        curious.says("[64,1,{'invoke':'roundrobin','disclose_caller':true},'add']")
                .hears("[65,1,1]");
        caller.says("[48,1,{},'add']").says("[48,2,{},'add']");
        callee.hears("[68,1,1,{}]");
        curious.hears("[68,1,1,{" + WHO + "}]");
    }

    @Test
    void whetherToDiscloseIsTrueOrFalse() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,1,{'disclose_me':'yes'},'add']");
        assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.invalid_argument\"");
        callee.hearsNothing();
    }

    @Test
    void whereNobodyIsDisclosedAskingForItIsAnError() {
        TestRouter discreet = TestRouter.with(
                RealmSettings.of(Authenticator::anybody, Authorizer.OPEN).withDisclosure(false));
        Peer server = discreet.join().says("[64,1,{'disclose_caller':true},'add']");
        assertThat(server.hears()).startsWith("[8,64,1,{},\"wamp.error.option_disallowed.disclose_caller\"");
        server.says("[64,2,{'disclose_caller':false},'add']").hears("[65,2,1]");
        Peer client = discreet.join().says("[48,1,{'disclose_me':true},'add']");
        assertThat(client.hears()).startsWith("[8,48,1,{},\"wamp.error.option_disallowed.disclose_me\"");
        server.hearsNothing();
        client.says("[48,2,{'disclose_me':false},'add']");
        server.hears("[68,1,1,{}]");
    }
}
