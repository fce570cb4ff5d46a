package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events whose payload the router does not understand. Advanced Profile, "Payload Passthru Mode". */
class PayloadPassthruTest {

    private static final String MODE = "payload_passthru_mode";
    private static final String ATTRIBUTES =
            "'ppt_scheme':'wamp','ppt_serializer':'cbor','ppt_cipher':'xsalsa20poly1305','ppt_keyid':'key 7'";

    private final TestRouter router = TestRouter.open();
    private final Peer alice = router.joinWith("subscriber." + MODE); // 1001
    private final Peer bob = router.joinWith("publisher." + MODE); // 1002; publications come after it

    @Test
    void anAttributeHasALongestLength() {
        bob.says("[16,1,{'acknowledge':true,'ppt_scheme':'x_a','ppt_keyid':'" + "k".repeat(256) + "'},'news']");
        assertThat(bob.hears()).startsWith("[8,16,1,{},\"wamp.error.invalid_argument\",[");
        bob.says("[16,2,{'acknowledge':true,'ppt_scheme':'x_a','ppt_keyid':'" + "k".repeat(255) + "'},'news']");
        assertThat(bob.hears()).startsWith("[17,2,");
    }

    @Test
    void theAttributesTravelWithThePayload() {
        alice.says("[32,1,{},'news']").hears("[33,1,1]");
        bob.says("[16,1,{" + ATTRIBUTES + "},'news',['sealed']]");
        alice.hears("[36,1,1003,{" + ATTRIBUTES + "},['sealed']]");
    }

    @Test
    void whoDoesNotUnderstandThemIsLeftOutAndHearsTheRest() {
        Peer carol = router.join().says("[32,1,{'match':'prefix'},'n']").hears("[33,1,1]");
        alice.says("[32,1,{'match':'prefix'},'n']").hears("[33,1,1]");
        bob.says("[16,1,{'ppt_scheme':'x_mine'},'news',['sealed']]");
        bob.says("[16,2,{},'news',['plain']]");
        assertThat(alice.hearsAll()).hasSize(2);
        assertThat(carol.hears()).endsWith("[\"plain\"]]");
        carol.hearsNothing();
    }

    @Test
    void whoHasNotAnnouncedItMustNotUseIt() {
        alice.says("[32,1,{},'news']").hears("[33,1,1]");
        router.join().says("[16,1,{'ppt_scheme':'wamp'},'news',['sealed']]").isAborted();
        router.joinWith("subscriber." + MODE)
                .says("[16,1,{'ppt_scheme':'wamp'},'news',['sealed']]")
                .isAborted();
        alice.hearsNothing();
    }

    @Test
    void attributesWithoutASchemeMeanNothing() {
        Peer carol = router.join().says("[32,1,{},'news']").hears("[33,1,1]");
        router.join().says("[16,1,{'ppt_serializer':'cbor','ppt_scheme':''},'news']");
        assertThat(carol.hears()).endsWith(",{}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'ppt_scheme':1", "'ppt_scheme':'wamp','ppt_keyid':7"})
    void anAttributeThatIsNoStringIsAnError(String attribute) {
        alice.says("[32,1,{},'news']").hears("[33,1,1]");
        bob.says("[16,1,{'acknowledge':true," + attribute + "},'news']");
        assertThat(bob.hears()).startsWith("[8,16,1,{},\"wamp.error.invalid_argument\",[");
        alice.hearsNothing();
    }
}
