package dev.carillon.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketsTest {

    private static final Identity ALICE = new Identity("alice", "sales", Set.of("sales"), "ticket", "container");
    private static final String ORIGIN = "https://shop.example";

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final Tickets tickets = new Tickets(Duration.ofSeconds(60), () -> now, new SecureRandom());

    @Test
    void aTicketAdmitsItsUserOnce() {
        String ticket = tickets.issue(ALICE, "http-session-1", ORIGIN);
        assertThat(tickets.redeem(ticket, "http-session-1", ORIGIN)).contains(ALICE);
        assertThat(tickets.redeem(ticket, "http-session-1", ORIGIN)).isEmpty();
    }

    @Test
    void aTicketIsLongAndNeverTheSame() {
        assertThat(tickets.issue(ALICE, "s", null)).hasSize(43).isNotEqualTo(tickets.issue(ALICE, "s", null));
    }

    @Test
    void aTicketIsWorthNothingFromAnotherHttpSession() {
        assertThat(tickets.redeem(tickets.issue(ALICE, "1", ORIGIN), "2", ORIGIN))
                .isEmpty();
        assertThat(tickets.redeem(tickets.issue(ALICE, "1", ORIGIN), null, ORIGIN))
                .isEmpty();
    }

    @Test
    void aTicketIsWorthNothingFromAnotherOrigin() {
        assertThat(tickets.redeem(tickets.issue(ALICE, "1", ORIGIN), "1", "https://evil.example"))
                .isEmpty();
        assertThat(tickets.redeem(tickets.issue(ALICE, "1", ORIGIN), "1", null)).isEmpty();
        assertThat(tickets.redeem(tickets.issue(ALICE, "1", null), "1", ORIGIN)).isEmpty();
    }

    @Test
    void aTicketThatWasTriedElsewhereIsUsedUp() {
        String ticket = tickets.issue(ALICE, "1", ORIGIN);
        tickets.redeem(ticket, "2", ORIGIN);
        assertThat(tickets.redeem(ticket, "1", ORIGIN)).isEmpty();
    }

    @Test
    void aTicketExpires() {
        String early = tickets.issue(ALICE, "1", ORIGIN);
        String late = tickets.issue(ALICE, "1", ORIGIN);
        now = now.plusSeconds(59);
        assertThat(tickets.redeem(early, "1", ORIGIN)).isPresent();
        now = now.plusSeconds(1);
        assertThat(tickets.redeem(late, "1", ORIGIN)).isEmpty();
    }

    @Test
    void ticketsOfAnHttpSessionThatEndedAreWorthNothing() {
        String ticket = tickets.issue(ALICE, "1", ORIGIN);
        String other = tickets.issue(ALICE, "2", ORIGIN);
        tickets.revoke("1");
        assertThat(tickets.redeem(ticket, "1", ORIGIN)).isEmpty();
        assertThat(tickets.redeem(other, "2", ORIGIN)).isPresent();
    }

    @Test
    void whoFetchesTicketsWithoutEndPushesTheOldestOut() {
        String first = tickets.issue(ALICE, "1", ORIGIN);
        String second = tickets.issue(ALICE, "1", ORIGIN);
        for (int i = 1; i < Tickets.MAX_OUTSTANDING; i++) {
            tickets.issue(ALICE, "1", ORIGIN);
        }
        assertThat(tickets.redeem(first, "1", ORIGIN)).isEmpty();
        assertThat(tickets.redeem(second, "1", ORIGIN)).isPresent();
    }

    @Test
    void aTimeToLiveMustBePositive() {
        assertThatThrownBy(() -> new Tickets(Duration.ZERO, () -> now, new SecureRandom()))
                .hasMessage("ticket.time-to-live is PT0S; it must be positive");
    }
}
