package dev.carillon.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A user's browser as far as HTTP goes: cookies, a login form, requests with the headers that a page's script sends. */
public final class Browser {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final URI application;
    private final CookieManager cookies = new CookieManager();
    private final @Nullable SSLContext trust;
    private final HttpClient http;

    /** @param application the address of the WAR, ending in a slash */
    public Browser(URI application) {
        this(application, null);
    }

    /** @param trust for an address with https; null for those that the JDK trusts */
    public Browser(URI application, @Nullable SSLContext trust) {
        this.application = application;
        this.trust = trust;
        HttpClient.Builder builder =
                HttpClient.newBuilder().cookieHandler(cookies).followRedirects(HttpClient.Redirect.NORMAL);
        if (trust != null) {
            builder.sslContext(trust);
        }
        this.http = builder.build();
    }

    /** Fills the container's login form. */
    public Browser logIn(String user, String password) {
        return logIn(user, password, "account");
    }

    /** The same, on the way to this page. */
    public Browser logIn(String user, String password, String page) {
        get(page);
        String form = Map.of("j_username", user, "j_password", password).entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        send(HttpRequest.newBuilder(application.resolve("j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        return this;
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(application.resolve(path)));
    }

    /** Asks for a ticket with these headers. */
    public HttpResponse<String> postTicket(Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(application.resolve("wamp/ticket"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        headers.forEach(request::header);
        return send(request);
    }

    /** A ticket, asked for as the page's script does. */
    public String ticket() {
        HttpResponse<String> response = postTicket(Map.of("Content-Type", "application/json", "Origin", origin()));
        if (response.statusCode() != 200) {
            throw new IllegalStateException("no ticket: " + response.statusCode() + " " + response.body());
        }
        return response.body().replaceAll("^\\{\"ticket\":\"([^\"]+)\"}$", "$1");
    }

    /** A socket with this browser's cookies and Origin. */
    public RawWebSocket socket() {
        return RawWebSocket.open(endpoint(), Map.of("Cookie", cookieHeader(), "Origin", origin()), trust);
    }

    /** A session for the logged-in user. */
    public RawWebSocket join(String realm) {
        return authenticate(socket(), realm, ticket());
    }

    /** Says HELLO and answers the challenge; the answer to that is still to be heard if it is not a WELCOME. */
    public static RawWebSocket authenticate(RawWebSocket socket, String realm, String ticket) {
        return socket.says("[1,'" + realm + "',{'roles':{'subscriber':{}},'authmethods':['ticket']}]")
                .hears("[4,'ticket',{}]")
                .says("[5,'" + ticket + "',{}]");
    }

    public String origin() {
        return application.getScheme() + "://" + application.getAuthority();
    }

    public String cookieHeader() {
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    public URI endpoint() {
        return URI.create("ws" + application.resolve("wamp").toString().substring("http".length()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
