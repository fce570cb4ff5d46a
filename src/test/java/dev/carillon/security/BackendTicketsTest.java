package dev.carillon.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackendTicketsTest {

    private static final String SECRET = "correct horse battery staple";
    private static final String NONCE = "0123456789abcdef";

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final BackendTickets tickets = new BackendTickets(SECRET, () -> now);

    @Test
    void aTicketHasTheDocumentedForm() {
        // printf 'v1.1800000060.0123456789abcdef' | openssl dgst -sha256 -hmac 'correct horse battery staple' -binary
        // | basenc --base64url | tr -d =
        assertThat(tickets.issue(now.plusSeconds(60), NONCE))
                .isEqualTo("v1.1800000060.0123456789abcdef.c-cTDHlyxHd4j6hV23X16XMRx2fa5omYnj8Azl8Ih1Y");
    }

    @Test
    void aTicketAdmitsABackEndOnce() {
        String ticket = tickets.issue(now.plusSeconds(60), NONCE);
        assertThat(tickets.redeem(ticket, null)).hasValueSatisfying(identity -> {
            assertThat(identity.authid()).isEqualTo("backend");
            assertThat(identity.authrole()).isEqualTo("backend");
            assertThat(identity.isInRole("backend")).isTrue();
        });
        assertThat(tickets.redeem(ticket, null)).isEmpty();
    }

    @Test
    void aBackEndMaySayItsName() {
        assertThat(tickets.redeem(tickets.issue(now.plusSeconds(60), NONCE), "billing"))
                .hasValueSatisfying(identity -> assertThat(identity.authid()).isEqualTo("billing"));
    }

    @Test
    void aTicketOfAnotherSecretIsWorthNothing() {
        BackendTickets others = new BackendTickets("wrong horse battery staple", () -> now);
        assertThat(tickets.redeem(others.issue(now.plusSeconds(60), NONCE), null))
                .isEmpty();
    }

    @Test
    void nothingOfATicketCanBeChanged() {
        String ticket = tickets.issue(now.plusSeconds(60), NONCE);
        assertThat(tickets.redeem(ticket.replace("1800000060", "1800000061"), null))
                .isEmpty();
        assertThat(tickets.redeem(ticket.replace("abcdef", "abcdeg"), null)).isEmpty();
        assertThat(tickets.redeem("v2" + ticket.substring(2), null)).isEmpty();
        assertThat(tickets.redeem(ticket + "x", null)).isEmpty();
        assertThat(tickets.redeem("", null)).isEmpty();
        assertThat(tickets.redeem(ticket, null)).isPresent();
    }

    @Test
    void aTicketExpiresAndMayNotLiveTooLong() {
        String ticket = tickets.issue(now.plusSeconds(60), NONCE);
        assertThat(tickets.redeem(
                        tickets.issue(now.plus(BackendTickets.LONGEST_LIFE).plusSeconds(1), NONCE), null))
                .isEmpty();
        now = now.plusSeconds(60);
        assertThat(tickets.redeem(ticket, null)).isEmpty();
    }

    @Test
    void withoutASecretNoTicketIsAccepted() {
        String ticket = tickets.issue(now.plusSeconds(60), NONCE);
        assertThat(new BackendTickets(null, () -> now).redeem(ticket, null)).isEmpty();
    }

    @Test
    void aShortSecretIsRefusedWithoutBeingTold() {
        assertThatThrownBy(() -> new BackendTickets("hunter2", () -> now))
                .hasMessageStartingWith("backend.secret has 7 characters; it must have 16 or more")
                .hasMessageNotContaining("hunter2");
    }
}
