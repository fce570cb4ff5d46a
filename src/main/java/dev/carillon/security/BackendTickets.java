package dev.carillon.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that the application's other programs make for themselves from a shared secret:
 * {@code v1.EXPIRY.NONCE.MAC}, where EXPIRY is in seconds since 1970, NONCE at least 16 characters of {@code A-Z a-z 0-9
 * _ -} never used before, and MAC the unpadded base64url of HMAC-SHA-256 over {@code v1.EXPIRY.NONCE} with the secret as
 * its UTF-8 key. A ticket counts once, until it expires, and may not be made for longer than {@link #LONGEST_LIFE}.
 *
 * <p>Safe for use by many threads.
 */
public final class BackendTickets {

    /** How long used nonces are remembered, and so the most that a ticket may be ahead of its expiry. */
    public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    /** A shorter secret could be guessed from one ticket that was overheard. */
    static final int SHORTEST_SECRET = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern FORM =
            Pattern.compile("(v1\\.(\\d{1,11})\\.([\\w-]{16,64}))\\.([\\w-]{43})", Pattern.DOTALL);

    private final @Nullable SecretKeySpec secret;
    private final InstantSource clock;
    private final Map<String, Instant> used = new HashMap<>(); // guarded by this

    /** @param secret null: no ticket is accepted */
    public BackendTickets(@Nullable String secret, InstantSource clock) {
        if (secret != null && secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("backend.secret has " + secret.length() + " characters; it must have "
                    + SHORTEST_SECRET + " or more, as from: openssl rand -base64 32");
        }
        this.secret = secret == null ? null : new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /**
     * Makes a ticket, as a back-end does.
     *
     * @param nonce 16 to 64 characters of {@code A-Z a-z 0-9 _ -}, random
     * @throws IllegalStateException if no secret is configured
     */
    public String issue(Instant expiry, String nonce) {
        if (secret == null) {
            throw new IllegalStateException("no backend.secret is configured");
        }
        String signed = "v1." + expiry.getEpochSecond() + "." + nonce;
        return signed + "." + mac(secret, signed);
    }

    /** Uses a ticket up. Empty if it is malformed, forged, used, expired or too long-lived, or no secret is configured. */
    public Optional<Identity> redeem(String ticket, @Nullable String authid) {
        Matcher parts = FORM.matcher(ticket);
        if (secret == null || !parts.matches() || !sameInConstantTime(mac(secret, parts.group(1)), parts.group(4))) {
            return Optional.empty();
        }
        Instant expiry = expiry(parts.group(2));
        Instant now = clock.instant();
        if (!expiry.isAfter(now) || expiry.isAfter(now.plus(LONGEST_LIFE)) || !firstUse(parts.group(3), expiry, now)) {
            return Optional.empty();
        }
        String name = authid == null ? Identity.BACKEND : authid;
        return Optional.of(
                new Identity(name, Identity.BACKEND, Set.of(Identity.BACKEND), "ticket", Identity.BY_SECRET));
    }

    private static Instant expiry(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (DateTimeException tooFar) {
            return Instant.MAX;
        }
    }

    private synchronized boolean firstUse(String nonce, Instant expiry, Instant now) {
        used.values().removeIf(end -> !end.isAfter(now));
        return used.putIfAbsent(nonce, expiry) == null;
    }

    private static boolean sameInConstantTime(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }

    private static String mac(SecretKeySpec secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
