package dev.carillon.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What is not a ticket of ours opens nothing and breaks nothing. */
class BackendTicketsPropertiesTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final long LONGEST_LIFE = BackendTickets.LONGEST_LIFE.toSeconds();

    private final BackendTickets tickets = new BackendTickets("correct horse battery staple", () -> NOW);

    @Property
    void anyTextIsJustNotATicket(@ForAll String text) {
        assertThat(tickets.redeem(text, null)).isEmpty();
    }

    @Property
    void whatOnlyLooksLikeATicketIsNone(@ForAll("lookalikes") String text) {
        assertThat(tickets.redeem(text, null)).isEmpty();
    }

    @Property
    void aTicketCountsOnceIfItIsNeitherExpiredNorTooLongLived(
            @ForAll("nonces") String nonce, @ForAll @LongRange(min = -1000, max = 1000) long seconds) {
        BackendTickets fresh = new BackendTickets("correct horse battery staple", () -> NOW);
        String ticket = fresh.issue(NOW.plusSeconds(seconds), nonce);
        assertThat(fresh.redeem(ticket, null).isPresent()).isEqualTo(seconds > 0 && seconds <= LONGEST_LIFE);
        assertThat(fresh.redeem(ticket, null)).isEmpty();
    }

    @Property
    void aTicketWithAnyCharacterChangedIsNone(
            @ForAll("nonces") String nonce, @ForAll @IntRange(max = 1000) int place, @ForAll char other) {
        BackendTickets fresh = new BackendTickets("correct horse battery staple", () -> NOW);
        String ticket = fresh.issue(NOW.plusSeconds(60), nonce);
        int at = place % ticket.length();
        String changed = ticket.substring(0, at) + other + ticket.substring(at + 1);
        assertThat(fresh.redeem(changed, null).isPresent()).isEqualTo(changed.equals(ticket));
    }

    @Provide
    Arbitrary<String> nonces() {
        return Arbitraries.strings().withChars("abcXYZ0189_-").ofMinLength(16).ofMaxLength(64);
    }

    @Provide
    Arbitrary<String> lookalikes() {
        Arbitrary<String> seconds =
                Arbitraries.oneOf(Arbitraries.strings().numeric().ofMaxLength(12), Arbitraries.of("٣", "-1", "1e9"));
        Arbitrary<String> macs = Arbitraries.strings()
                .withChars("abcXYZ0189_-=é")
                .ofMinLength(42)
                .ofMaxLength(44);
        return Combinators.combine(seconds, nonces(), macs).as((s, n, m) -> "v1." + s + "." + n + "." + m);
    }
}
