package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Hello;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advanced Profile, "Registration Revocation"; crossbar's {@code force_reregister}. */
class RevocationTest {

    private static final String REPLACED = "[67,0,{'registration':1,'reason':'carillon.close.replaced'}]";

    /** Everybody is who they say they are. */
    private final TestRouter router = TestRouter.with(RealmSettings.of(RevocationTest::whoever, Authorizer.OPEN));

    private static Authenticator.Outcome whoever(Hello hello, Handshake handshake) {
        return new Authenticator.Admitted(
                switch (hello.details().string("authid").orElseThrow()) {
                    case "the application" -> Identity.APPLICATION;
                    case "a back-end" -> new Identity("backend", "backend", Set.of("backend"), "ticket", "secret");
                    default ->
                        new Identity(
                                hello.details().string("authid").orElseThrow(),
                                "user",
                                Set.of("user"),
                                "ticket",
                                "container");
                });
    }

    private Peer joins(String name) {
        Peer peer = router.connect()
                .says("[1,'realm1',{'authid':'" + name + "','roles':{'callee':{'features':{"
                        + "'registration_revocation':true,'progressive_call_results':true}}}}]");
        assertThat(peer.hears()).startsWith("[2,");
        return peer;
    }

    @Test
    void whoComesBackTakesThePlaceOfItsLingeringSession() {
        Peer lingering = joins("alice").says("[64,1,{},'add']").hears("[65,1,1]");
        Peer back =
                joins("alice").says("[64,1,{'force_reregister':true},'add']").hears("[65,1,2]");
        lingering.hears(REPLACED).hearsNothing();
        back.says("[48,2,{},'add']").hears("[68,1,2,{}]");
        lingering.says("[66,2,1]");
        assertThat(lingering.hears()).startsWith("[8,66,2,{},\"wamp.error.no_such_registration\"");
    }

    @Test
    void withoutForceTheLingeringSessionKeepsItsPlace() {
        Peer lingering = joins("alice").says("[64,1,{},'add']").hears("[65,1,1]");
        Peer back = joins("alice").says("[64,1,{'force_reregister':false},'add']");
        assertThat(back.hears()).startsWith("[8,64,1,{},\"wamp.error.procedure_already_exists\"");
        lingering.hearsNothing();
    }

    @Test
    void whatTheLingeringSessionWorksOnIsStillAnswered() {
        Peer lingering = joins("alice").says("[64,1,{},'add']").hears("[65,1,1]");
        Peer caller = joins("bob").says("[48,1,{},'add']");
        joins("alice").says("[64,1,{'force_reregister':true},'add']").hears("[65,1,2]");
        lingering.hears("[68,1,1,{}]").hears(REPLACED).says("[70,1,{},[5]]");
        caller.hears("[50,1,{},[5]]");
    }

    @Test
    void aSessionMayTakeItsOwnPlace() {
        Peer alice = joins("alice").says("[64,1,{},'add']").hears("[65,1,1]");
        alice.says("[64,2,{'force_reregister':true,'invoke':'first'},'add']")
                .hears(REPLACED)
                .hears("[65,2,2]");
        alice.says("[48,3,{},'add']").hears("[68,1,2,{}]");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, bob, false",
        "alice, alice, true",
        "alice, a back-end, true",
        "alice, the application, true",
        "a back-end, a back-end, true",
        "a back-end, alice, false",
        "a back-end, backend, false",
        "a back-end, the application, true",
        "the application, the application, true",
        "the application, application, false",
        "the application, a back-end, false",
    })
    void whoMayTakeWhosePlace(String present, String newcomer, boolean allowed) {
        Peer there = joins(present).says("[64,1,{},'add']").hears("[65,1,1]");
        Peer here = joins(newcomer).says("[64,1,{'force_reregister':true},'add']");
        assertThat(here.hears())
                .startsWith(allowed ? "[65,1,2]" : "[8,64,1,{},\"wamp.error.procedure_already_exists\"");
        if (allowed) {
            there.hears(REPLACED);
        }
        there.hearsNothing();
    }

    @Test
    void whoHasNotAnnouncedThatItUnderstandsIsNotTold() {
        Peer simple = router.connect().says("[1,'realm1',{'authid':'alice','roles':{'callee':{}}}]");
        assertThat(simple.hears()).startsWith("[2,");
        simple.says("[64,1,{},'add']").hears("[65,1,1]");
        Peer back =
                joins("alice").says("[64,1,{'force_reregister':true},'add']").hears("[65,1,2]");
        simple.hearsNothing();
        back.says("[48,2,{},'add']").hears("[68,1,2,{}]");
        simple.hearsNothing();
    }

    @Test
    void ofThoseWhoShareOnlyTheOwnLingeringSessionIsReplaced() {
        Peer lingering = joins("alice").says("[64,1,{'invoke':'first'},'add']").hears("[65,1,1]");
        Peer bob = joins("bob").says("[64,1,{'invoke':'first'},'add']").hears("[65,1,1]");
        Peer back = joins("alice");
        back.says("[64,1,{'force_reregister':true,'invoke':'last'},'add']");
        assertThat(back.hears()).contains("wamp.error.procedure_exists_with_different_invocation_policy");
        lingering.hearsNothing();
        back.says("[64,2,{'force_reregister':true,'invoke':'first'},'add']").hears("[65,2,1]");
        lingering.hears(REPLACED);
        back.says("[48,3,{},'add']").hearsNothing();
        bob.hears("[68,1,1,{}]");
    }
}
