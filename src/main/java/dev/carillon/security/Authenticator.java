package dev.carillon.security;

import dev.carillon.protocol.Authenticate;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Hello;
import dev.carillon.protocol.Uri;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Decides who may open a session in a realm, and as whom. Called by the peer's own thread; it may take its time. */
@FunctionalInterface
public interface Authenticator {

    /**
     * @throws dev.carillon.protocol.WampError if a detail of the HELLO has the wrong type
     */
    Outcome authenticate(Hello hello, Handshake handshake);

    /** What comes of a HELLO or an AUTHENTICATE. */
    sealed interface Outcome {}

    /**
     * The peer gets a WELCOME.
     *
     * @param holds asked once more when the session has joined: false if what admitted it has been withdrawn meanwhile
     */
    record Admitted(Identity identity, BooleanSupplier holds) implements Outcome {

        public Admitted(Identity identity) {
            this(identity, () -> true);
        }
    }

    /** The peer gets a CHALLENGE, and its AUTHENTICATE goes to {@code answer}. */
    record Challenged(String authmethod, Dict extra, Function<Authenticate, Outcome> answer) implements Outcome {}

    /** The peer gets an ABORT with this reason and sentence. */
    record Refused(Uri reason, String sentence) implements Outcome {}

    /** Admits everybody who does not insist on another method, without asking for a name; who has proved one keeps it. */
    static Outcome anybody(Hello hello, Handshake handshake) {
        if (handshake.admitted() != null) {
            return new Admitted(handshake.admitted());
        }
        String method = Identity.ANONYMOUS.authmethod();
        List<String> offered = hello.details().strings("authmethods").orElse(List.of());
        if (!offered.isEmpty() && !offered.contains(method)) {
            return new Refused(ErrorUri.NO_MATCHING_AUTH_METHOD, "the only authmethod here is 'anonymous'");
        }
        return new Admitted(Identity.ANONYMOUS);
    }
}
