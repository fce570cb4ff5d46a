package dev.carillon.remote;

import dev.carillon.protocol.Dict;
import dev.carillon.security.BackendTickets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who a client says that it is, anew for each session. */
public abstract class Credentials {

    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final int NONCE_BYTES = 24;

    private Credentials() {}

    /** A visitor; for realms that admit visitors. */
    public static Credentials anonymous() {
        return new Credentials() {
            @Override
            Dict details() {
                return Dict.of("authmethods", List.of("anonymous"));
            }

            @Override
            public String ticket() {
                return ""; // no router that admits visitors asks for one
            }
        };
    }

    /**
     * A back-end that holds the application's secret, which is its setting {@code carillon.backend.secret}.
     *
     * @param authid the name under which it joins; empty: {@code backend}
     * @throws IllegalArgumentException if the secret has fewer than 16 characters
     */
    public static Credentials secret(String secret, Optional<String> authid) {
        InstantSource clock = InstantSource.system();
        BackendTickets tickets = new BackendTickets(secret, clock);
        SecureRandom random = new SecureRandom();
        return tickets(() -> tickets.issue(clock.instant().plus(LIFE), nonce(random)), authid);
    }

    /** The secret is what the file holds, without the white space around it; it is read for each session. */
    public static Credentials secretFile(Path file, Optional<String> authid) {
        return tickets(() -> secret(read(file), authid).ticket(), authid);
    }

    /**
     * One-time tickets from wherever the caller has them.
     *
     * @param tickets called for each session, on a thread that may wait; what it throws is the reason why there is none
     */
    public static Credentials tickets(Supplier<String> tickets, Optional<String> authid) {
        return new Credentials() {
            @Override
            Dict details() {
                Dict method = Dict.of("authmethods", List.of("ticket"));
                return authid.map(name -> method.and(new Dict(Map.of("authid", name))))
                        .orElse(method);
            }

            @Override
            public String ticket() {
                return tickets.get();
            }
        };
    }

    /** What HELLO says of them. */
    abstract Dict details();

    /** A new ticket, on a thread that may wait. */
    public abstract String ticket();

    /** What a connection text says of them; empty if it says nothing. */
    static Optional<Credentials> of(ConnectionSettings settings) {
        if (settings.anonymous()) {
            return Optional.of(anonymous());
        }
        return settings.secretFile().map(file -> secretFile(file, settings.authid()));
    }

    private static String nonce(SecureRandom random) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the secret cannot be read from " + file + ": " + unreadable, unreadable);
        }
    }
}
