package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;

/** Advanced Profile, "Payload Passthru Mode", of calls. */
class PassthruTest {

    private static final String SECRET =
            "'ppt_scheme':'wamp','ppt_serializer':'cbor','ppt_cipher':'aes256gcm','ppt_keyid':'k'";

    private final TestRouter router = TestRouter.open();
    private final Peer callee = router.joinWith("callee.payload_passthru_mode", "callee.progressive_call_results");
    private final Peer caller = router.joinWith("caller.payload_passthru_mode");

    @Test
    void theAttributesTravelWithCallsResultsAndErrors() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,1,{" + SECRET + ",'x':1,'receive_progress':true},'add',['sealed']]");
        callee.hears("[68,1,1,{'receive_progress':true," + SECRET + "},['sealed']]");
        callee.says("[70,1,{'progress':true," + SECRET + "},['a']]").says("[70,1,{" + SECRET + ",'x':1},['b']]");
        caller.hears("[50,1,{'progress':true," + SECRET + "},['a']]").hears("[50,1,{" + SECRET + "},['b']]");
        caller.says("[48,2,{'ppt_scheme':'mqtt'},'add']");
        callee.hears("[68,2,1,{'ppt_scheme':'mqtt'}]").says("[8,68,2,{" + SECRET + "},'app.error',['sealed']]");
        caller.hears("[8,48,2,{" + SECRET + "},'app.error',['sealed']]");
    }

    @Test
    void aCallerThatHasNotAnnouncedItViolates() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        router.join().says("[48,1,{'ppt_scheme':'mqtt'},'add']").isAborted();
        callee.hearsNothing();
    }

    @Test
    void aCalleeThatHasNotAnnouncedItViolates() {
        Peer simple = router.join().says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,1,{},'add']");
        simple.hears("[68,1,1,{}]").says("[70,1,{'ppt_scheme':'mqtt'}]").isAborted();
        assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.canceled\"");
    }

    @Test
    void aCalleeThatHasNotAnnouncedItIsNotCalledLikeThis() {
        Peer simple = router.join().says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,1,{'ppt_scheme':'mqtt'},'add']");
        assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.feature_not_supported\"");
        simple.hearsNothing();
        caller.says("[48,2,{},'add']");
        simple.hears("[68,1,1,{}]");
    }

    @Test
    void aCallerThatHasNotAnnouncedItGetsAnErrorInPlaceOfTheResult() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        Peer simple =
                router.join().says("[48,1,{'receive_progress':true},'add']").says("[48,2,{},'add']");
        callee.hears("[68,1,1,{'receive_progress':true}]").hears("[68,2,1,{}]");
        callee.says("[70,1,{'ppt_scheme':'mqtt','progress':true}]").says("[70,2,{'ppt_scheme':'mqtt'}]");
        assertThat(simple.hears()).startsWith("[8,48,1,{},\"wamp.error.feature_not_supported\"");
        assertThat(simple.hears()).startsWith("[8,48,2,{},\"wamp.error.feature_not_supported\"");
        callee.says("[70,1,{}]").hearsNothing().isOpen();
        simple.hearsNothing();
    }

    @Test
    void anAttributeThatIsNoStringIsAnErrorOfTheCallAndAViolationOfTheAnswer() {
        callee.says("[64,1,{},'add']").hears("[65,1,1]");
        caller.says("[48,1,{'ppt_scheme':1},'add']");
        assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.invalid_argument\"");
        caller.says("[48,2,{},'add']");
        callee.hears("[68,1,1,{}]").says("[70,1,{'ppt_scheme':1}]").isAborted();
    }
}
