package dev.carillon.cli;

import dev.carillon.remote.ConnectionSettings;
import dev.carillon.remote.Credentials;
import dev.carillon.remote.WampClient;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the router is and who asks. */
final class Router {

    private static final String URL = "CARILLON_URL";
    private static final String SECRET = "CARILLON_SECRET";

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description = "The router's address, with options as ConnectionSettings has them, such as"
                    + " wss://shop.example.com/shop/wamp?trust_store=/etc/trust.p12. Default: the environment's " + URL
                    + ".")
    private @Nullable String url;

    @Option(
            names = {"-r", "--realm"},
            paramLabel = "REALM",
            description = "The realm. Default: what the address says, else carillon.")
    private @Nullable String realm;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "A file with the router's carillon.backend.secret. Default: what the address says, else the"
                    + " environment's " + SECRET + ". Never an argument: those are in the list of processes.")
    private @Nullable Path secretFile;

    @Option(names = "--anonymous", description = "Join as a visitor, where the realm admits visitors.")
    private boolean anonymous;

    /** @throws IllegalArgumentException that says which option is missing or wrong */
    ConnectionSettings settings(Surroundings surroundings) {
        String text = Optional.ofNullable(url)
                .or(() -> surroundings.environment().apply(URL))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no router is named; set " + URL + " or give --url wss://HOST/CONTEXT/wamp"));
        ConnectionSettings settings = ConnectionSettings.parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("no router is configured: the address is '" + text + "'"));
        return realm == null ? settings : settings.inRealm(realm);
    }

    private Credentials credentials(ConnectionSettings settings, Surroundings surroundings) {
        if (anonymous || settings.anonymous()) {
            return Credentials.anonymous();
        }
        if (secretFile != null) {
            return Credentials.secretFile(secretFile, settings.authid());
        }
        return settings.secretFile()
                .map(file -> Credentials.secretFile(file, settings.authid()))
                .or(() -> surroundings
                        .environment()
                        .apply(SECRET)
                        .map(secret -> Credentials.secret(secret, settings.authid())))
                .orElseThrow(() -> new IllegalArgumentException(
                        "nothing says who you are; set " + SECRET + ", or give --secret-file FILE, or --anonymous"));
    }

    /** A back-end's credentials. @throws IllegalArgumentException if there is no secret */
    Credentials secret(Surroundings surroundings) {
        if (secretFile != null) {
            return Credentials.secretFile(secretFile, Optional.empty());
        }
        return surroundings
                .environment()
                .apply(SECRET)
                .map(secret -> Credentials.secret(secret, Optional.empty()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no secret; set " + SECRET + " or give --secret-file FILE"));
    }

    /** A client that is not connected yet. */
    WampClient client(Surroundings surroundings) {
        ConnectionSettings settings = settings(surroundings);
        return surroundings.clients().apply(settings, credentials(settings, surroundings));
    }

    /** A client that is connected. @throws java.util.concurrent.CompletionException if that cannot be */
    WampClient connect(Surroundings surroundings) {
        WampClient client = client(surroundings);
        try {
            client.connect().join();
            return client;
        } catch (RuntimeException failed) {
            client.close();
            throw failed;
        }
    }
}
