package dev.carillon.remote;

import dev.carillon.serializer.Serializer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a router is and how to connect, as one text: the address of its endpoint, and options in the query.
 *
 * <pre>{@code
 * wss://shop.example.com/shop/wamp
 * wss://shop.example.com/shop/wamp?realm=ops&authid=billing&secret_file=/run/secrets/carillon
 * null
 * }</pre>
 *
 * The word {@code null}, and an empty text, mean that no router is configured. Options, all of which may be absent:
 *
 * <ul>
 *   <li>{@code realm}: default {@code carillon}
 *   <li>{@code authid}: the name under which a back-end joins, default {@code backend}
 *   <li>{@code secret_file}: a file with the secret that back-end tickets are made from. There is no option for the secret
 *       itself: such texts end up in logs and lists of processes
 *   <li>{@code anonymous}: {@code true} to join as a visitor; default false
 *   <li>{@code serializer}: {@code json} (default), {@code cbor} or {@code msgpack}
 *   <li>{@code connect_timeout}: for all the way from the first byte to WELCOME, default {@code PT10S}
 *   <li>{@code retry_first}, {@code retry_max}: the longest wait before the first attempt to connect again, which doubles
 *       with each further one, and the most that it grows to; default {@code PT1S} and {@code PT30S}
 *   <li>{@code ping_interval}: the client asks for a sign of life so often, and gives the connection up after three times
 *       this without one; default {@code PT20S}
 *   <li>{@code trust_store}, {@code trust_store_password}: a PKCS #12 or JKS file with the certificates to be trusted; by
 *       default those that Java trusts
 *   <li>{@code tls_verify}: {@code false} believes every certificate; for tests only, default true
 * </ul>
 *
 * Durations are ISO 8601, such as {@code PT30S}, or a number of seconds.
 *
 * @param endpoint without the options
 */
public record ConnectionSettings(
        URI endpoint,
        String realm,
        Optional<String> authid,
        Optional<Path> secretFile,
        boolean anonymous,
        Serializer serializer,
        Duration connectTimeout,
        Duration retryFirst,
        Duration retryMax,
        Duration pingInterval,
        TlsSettings tls) {

    /** The same with another realm. */
    public ConnectionSettings inRealm(String other) {
        return new ConnectionSettings(
                endpoint,
                other,
                authid,
                secretFile,
                anonymous,
                serializer,
                connectTimeout,
                retryFirst,
                retryMax,
                pingInterval,
                tls);
    }

    /**
     * Reads a connection text.
     *
     * @return empty if the text says that no router is configured
     * @throws IllegalArgumentException if it is no such text; the message names what is wrong and what is legal
     */
    public static Optional<ConnectionSettings> parse(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.equals("null") ? Optional.empty() : Optional.of(of(stripped));
    }

    private static ConnectionSettings of(String text) {
        int question = text.indexOf('?');
        URI endpoint = endpoint(question < 0 ? text : text.substring(0, question));
        Options options = new Options(question < 0 ? "" : text.substring(question + 1));
        boolean anonymous = options.flag("anonymous", false);
        Optional<Path> secretFile = options.text("secret_file").map(Path::of);
        if (anonymous && secretFile.isPresent()) {
            throw new IllegalArgumentException("anonymous=true and secret_file exclude each other; leave one out");
        }
        ConnectionSettings settings = new ConnectionSettings(
                endpoint,
                options.text("realm").orElse("carillon"),
                options.text("authid"),
                secretFile,
                anonymous,
                serializer(options.text("serializer").orElse("json")),
                options.duration("connect_timeout", Duration.ofSeconds(10)),
                options.duration("retry_first", Duration.ofSeconds(1)),
                options.duration("retry_max", Duration.ofSeconds(30)),
                options.duration("ping_interval", Duration.ofSeconds(20)),
                new TlsSettings(
                        options.text("trust_store").map(Path::of),
                        options.text("trust_store_password"),
                        options.flag("tls_verify", true)));
        options.requireAllKnown();
        return settings;
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text);
            boolean isWebSocket = "ws".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
            if (isWebSocket && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "'" + text
                        + "' is not the address of a router; it must be like wss://shop.example.com/shop/wamp, or null for none");
    }

    private static Serializer serializer(String name) {
        return Serializer.of("wamp.2." + name)
                .orElseThrow(() ->
                        new IllegalArgumentException("serializer is '" + name + "'; it must be json, cbor or msgpack"));
    }

    /** Without options, which may hold a password. */
    @Override
    public String toString() {
        return endpoint + " (realm " + realm + ")";
    }
}
