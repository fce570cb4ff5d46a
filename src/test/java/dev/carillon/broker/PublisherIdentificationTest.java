package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Publisher Identification". */
class PublisherIdentificationTest {

    private static final String BOB = "{'publisher':1002,'publisher_authid':'bob','publisher_authrole':'sales'}";

    @Test
    void aPublisherThatWantsItIsNamed() {
        TestRouter router = withDisclosure(true);
        Peer alice = subscriber(router);
        Peer bob = router.join("bob", "sales");
        bob.says("[16,1,{'disclose_me':true},'news',['x']]");
        alice.hears("[36,1,1003," + BOB + ",['x']]");
        alice.says("[32,2,{'match':'prefix'},'n']").hears("[33,2,2]");
        bob.says("[16,2,{'disclose_me':true},'news']");
        alice.hears("[36,1,1004," + BOB + "]");
        alice.hears("[36,2,1004," + BOB.replace("}", ",'topic':'news'}") + "]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyIsNamedWithoutWantingIt(boolean allowed) {
        TestRouter router = withDisclosure(allowed);
        Peer alice = subscriber(router);
        Peer bob = router.join("bob", "sales");
        bob.says("[16,1,{},'news']");
        bob.says("[16,2,{'disclose_me':false},'news']");
        router.publish("news", "[1]");
        alice.hears("[36,1,1003,{}]").hears("[36,1,1004,{}]").hears("[36,1,1005,{},[1]]");
    }

    @Test
    void whereItIsNotAllowedNothingIsPublished() {
        TestRouter router = withDisclosure(false);
        Peer alice = subscriber(router);
        Peer bob = router.join("bob", "sales");
        bob.says("[16,1,{'disclose_me':true,'acknowledge':true},'news']");
        assertThat(bob.hears()).startsWith("[8,16,1,{},\"wamp.error.option_disallowed.disclose_me\",[");
        bob.says("[16,2,{'disclose_me':true},'news']").hearsNothing().isOpen();
        alice.hearsNothing();
    }

    @Test
    void theWishMustBeABoolean() {
        TestRouter router = withDisclosure(true);
        Peer alice = subscriber(router);
        Peer bob = router.join("bob", "sales").says("[16,1,{'disclose_me':1,'acknowledge':true},'news']");
        assertThat(bob.hears()).startsWith("[8,16,1,{},\"wamp.error.invalid_argument\",[");
        alice.hearsNothing();
    }

    @Test
    void nobodyCanSayThatHeIsAnother() {
        TestRouter router = withDisclosure(true);
        Peer alice = subscriber(router);
        router.join("bob", "sales").says("[16,1,{'publisher':1001,'publisher_authid':'alice'},'news']");
        alice.hears("[36,1,1003,{}]");
    }

    private static Peer subscriber(TestRouter router) {
        return router.join("alice", "sales").says("[32,1,{},'news']").hears("[33,1,1]");
    }

    private static TestRouter withDisclosure(boolean allowed) {
        return TestRouter.with(
                RealmSettings.of(Authenticator::anybody, Authorizer.OPEN).withDisclosure(allowed));
    }
}
