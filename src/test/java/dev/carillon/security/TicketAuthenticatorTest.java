package dev.carillon.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Advanced Profile, "Ticket-based Authentication". */
class TicketAuthenticatorTest {

    private static final Identity ALICE = new Identity("alice", "sales", Set.of("sales"), "ticket", "container");
    private static final Handshake FROM_ALICES_PAGE = new Handshake("http-session-1", "https://shop.example", null);

    private final Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final Tickets tickets = new Tickets(Duration.ofSeconds(60), () -> now, new SecureRandom());
    private final BackendTickets backendTickets = new BackendTickets("correct horse battery staple", () -> now);
    private final TestRouter router =
            TestRouter.with(new TicketAuthenticator(tickets, backendTickets, false), Authorizer.OPEN);

    @Test
    void aPageWithItsTicketIsItsUser() {
        Peer page = challenged(FROM_ALICES_PAGE, "").says("[5,'" + alicesTicket() + "',{}]");
        assertThat(page.hears())
                .contains("\"authid\":\"alice\"", "\"authrole\":\"sales\"", "\"authmethod\":\"ticket\"");
    }

    @Test
    void aPageMaySayWhoseTicketItHas() {
        Peer page = challenged(FROM_ALICES_PAGE, ",'authid':'alice'").says("[5,'" + alicesTicket() + "',{}]");
        assertThat(page.hears()).startsWith("[2,");
    }

    @Test
    void aBackEndWithItsTicketHasTheRoleBackend() {
        String ticket = backendTickets.issue(now.plusSeconds(60), "0123456789abcdef");
        Peer backend = challenged(Handshake.UNKNOWN, ",'authid':'billing'").says("[5,'" + ticket + "',{}]");
        assertThat(backend.hears()).contains("\"authid\":\"billing\"", "\"authrole\":\"backend\"");
    }

    @Test
    void everyTicketThatDoesNotCountGetsTheSameAnswer() {
        String used = alicesTicket();
        challenged(FROM_ALICES_PAGE, "").says("[5,'" + used + "',{}]").hears();
        isDenied(challenged(FROM_ALICES_PAGE, ""), used);
        isDenied(challenged(FROM_ALICES_PAGE, ""), "rubbish");
        isDenied(challenged(FROM_ALICES_PAGE, ",'authid':'bob'"), alicesTicket());
        isDenied(challenged(Handshake.UNKNOWN, ""), alicesTicket());
        isDenied(challenged(new Handshake("http-session-2", "https://shop.example", null), ""), alicesTicket());
    }

    @Test
    void whoOffersNoTicketIsToldToFetchOne() {
        Peer peer = router.connect().says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['anonymous','wampcra']}]");
        assertThat(peer.hears()).contains("wamp.error.no_matching_auth_method");
        Peer silent = router.connect().says("[1,'realm1',{'roles':{'caller':{}}}]");
        assertThat(silent.hears()).contains("wamp.error.no_matching_auth_method");
    }

    @Test
    void whoseTicketOnTheUrlCountedIsNotAskedAgain() {
        Peer page = router.connect(new Handshake(null, null, ALICE)).says("[1,'realm1',{'roles':{'caller':{}}}]");
        assertThat(page.hears()).startsWith("[2,").contains("\"authid\":\"alice\"");
    }

    @Test
    void visitorsJoinWithoutATicketWhereTheRealmAdmitsThem() {
        TestRouter admitting = TestRouter.with(new TicketAuthenticator(tickets, backendTickets, true), Authorizer.OPEN);
        Peer visitor = admitting.connect().says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['anonymous']}]");
        assertThat(visitor.hears()).contains("\"authrole\":\"anonymous\"");
        Peer silent = admitting.connect().says("[1,'realm1',{'roles':{'caller':{}}}]");
        assertThat(silent.hears()).contains("\"authrole\":\"anonymous\"");
        Peer user = admitting
                .connect(FROM_ALICES_PAGE)
                .says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['anonymous','ticket']}]")
                .hears("[4,'ticket',{}]")
                .says("[5,'" + alicesTicket() + "',{}]");
        assertThat(user.hears()).contains("\"authid\":\"alice\"");
        Peer lost = admitting.connect().says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['wampcra']}]");
        assertThat(lost.hears()).contains("wamp.error.no_matching_auth_method");
    }

    @Test
    void aLogoutBetweenTheTicketAndTheJoinEndsTheSessionAllTheSame() {
        Peer page = router.connect(new Handshake("http-session-1", null, ALICE)); // a ticket on the URL: used
        tickets.revoke("http-session-1");
        page.says("[1,'realm1',{'roles':{'caller':{}}}]");
        assertThat(page.hears()).startsWith("[2,");
        page.hears("[6,{},'carillon.close.logged_out']");
        alicesTicket(); // who has logged in again is welcome
        Peer again = router.connect(new Handshake("http-session-1", null, ALICE));
        again.says("[1,'realm1',{'roles':{'caller':{}}}]");
        assertThat(again.hears()).startsWith("[2,");
        again.hearsNothing();
    }

    private String alicesTicket() {
        return tickets.issue(ALICE, "http-session-1", "https://shop.example");
    }

    private Peer challenged(Handshake handshake, String details) {
        return router.connect(handshake)
                .says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['ticket']" + details + "}]")
                .hears("[4,'ticket',{}]");
    }

    private static void isDenied(Peer peer, String ticket) {
        peer.says("[5,'" + ticket + "',{}]")
                .hears("[3,{'message':'the ticket is not valid'},'wamp.error.authentication_denied']")
                .isClosedWith(1008);
    }
}
