package dev.carillon.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One-time tickets of pages. A ticket is 256 random bits; it counts once, for a short time, from the same HTTP session and the
 * same Origin that it was issued to.
 *
 * <p>Safe for use by many threads. Holds no more than {@value #MAX_OUTSTANDING} tickets: the oldest give way.
 */
public final class Tickets {

    static final int MAX_OUTSTANDING = 100_000;

    private static final int TICKET_BYTES = 32;

    /** Far above what a peer has between its handshake and its HELLO. */
    private static final Duration REVOCATION_REMEMBERED = Duration.ofHours(1);

    private final Duration timeToLive;
    private final InstantSource clock;
    private final SecureRandom random;

    // both guarded by this; in the order of issue, which is that of expiry
    private final Map<String, Ticket> outstanding = new HashMap<>();
    private final Queue<Ticket> byAge = new ArrayDeque<>();
    private final Map<String, Instant> revoked = new HashMap<>(); // guarded by this; until when it is remembered

    public Tickets(Duration timeToLive, InstantSource clock, SecureRandom random) {
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException("ticket.time-to-live is " + timeToLive + "; it must be positive");
        }
        this.timeToLive = timeToLive;
        this.clock = clock;
        this.random = random;
    }

    /** A new ticket for this user, to be used from this HTTP session and Origin only. */
    public String issue(Identity identity, String httpSession, @Nullable String origin) {
        byte[] bytes = new byte[TICKET_BYTES];
        random.nextBytes(bytes);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Ticket ticket =
                new Ticket(value, identity, httpSession, origin, clock.instant().plus(timeToLive));
        synchronized (this) {
            forgetExpired();
            revoked.remove(httpSession); // its user has logged in again
            outstanding.put(value, ticket);
            byAge.add(ticket);
        }
        return value;
    }

    /** Uses a ticket up, whatever comes of it. Empty if it is unknown, used, expired, or of another HTTP session or Origin. */
    public Optional<Identity> redeem(String value, @Nullable String httpSession, @Nullable String origin) {
        Ticket ticket;
        synchronized (this) {
            ticket = outstanding.remove(value);
        }
        return Optional.ofNullable(ticket)
                .filter(t -> t.expiry.isAfter(clock.instant()))
                .filter(t -> t.httpSession.equals(httpSession) && Objects.equals(t.origin, origin))
                .map(Ticket::identity);
    }

    /** Makes the tickets of an HTTP session worthless, as its user has logged out. */
    public synchronized void revoke(String httpSession) {
        Instant now = clock.instant();
        revoked.values().removeIf(until -> !until.isAfter(now));
        revoked.put(httpSession, now.plus(REVOCATION_REMEMBERED));
        outstanding.values().removeIf(ticket -> ticket.httpSession.equals(httpSession));
    }

    /** Whether the user of an HTTP session has logged out: for a ticket that was used before, and whose session joins after. */
    public synchronized boolean isRevoked(@Nullable String httpSession) {
        return httpSession != null && revoked.containsKey(httpSession);
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        for (Ticket oldest = byAge.peek();
                oldest != null && (!oldest.expiry.isAfter(now) || byAge.size() >= MAX_OUTSTANDING);
                oldest = byAge.peek()) {
            byAge.remove();
            outstanding.remove(oldest.value);
        }
    }

    private record Ticket(
            String value,
            Identity identity,
            String httpSession,
            @Nullable String origin,
            Instant expiry) {
        @Override
        public String toString() {
            return "ticket of " + identity.authid(); // never the value: this may end in a log
        }
    }
}
