package dev.carillon.maintenance;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/** What those see who are turned away: 503 with Retry-After, as a page or as JSON. */
final class ClosedPage {

    /** Seconds, when nobody knows the end. */
    private static final int RETRY_AFTER = 120;

    private static final int SHORTEST_RETRY = 5;

    /** Seconds after which a page looks again; as many more, by chance, keep all from coming at once. */
    private static final int LOOK_AGAIN = 30;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm zzz", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());

    private final String template;
    private final InstantSource clock;
    private final IntUnaryOperator random;

    /** @param random an integer from 0 to below the given one */
    ClosedPage(String template, InstantSource clock, IntUnaryOperator random) {
        this.template = template;
        this.clock = clock;
        this.random = random;
    }

    /** The page of the library. */
    static String standard() {
        try (InputStream page = ClosedPage.class.getResourceAsStream("closed.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(MaintenanceStatus status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setIntHeader("Retry-After", retryAfter(status));
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Accept");
        response.setCharacterEncoding("UTF-8");
        boolean json = wantsJson(request.getHeader("Accept"));
        response.setContentType(json ? "application/json" : "text/html;charset=UTF-8");
        response.getWriter().write(json ? json(status) : html(status, request.getContextPath()));
    }

    int retryAfter(MaintenanceStatus status) {
        if (status.end() == null || !status.end().isAfter(clock.instant())) {
            return RETRY_AFTER;
        }
        long left = Duration.between(clock.instant(), status.end()).toSeconds() + 1;
        return (int) Math.max(SHORTEST_RETRY, Math.min(left, Integer.MAX_VALUE));
    }

    /** A browser names HTML first, a script JSON only. */
    static boolean wantsJson(String accept) {
        String types = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        return types.matches("(?s).*[/+]json.*") && !types.contains("text/html") && !types.contains("xhtml");
    }

    private static String json(MaintenanceStatus status) {
        return Json.createObjectBuilder()
                .add("error", "maintenance")
                .add("message", status.message())
                .add(
                        "end",
                        status.end() == null
                                ? JsonValue.NULL
                                : Json.createValue(status.end().toString()))
                .build()
                .toString();
    }

    String html(MaintenanceStatus status, String contextPath) {
        return template.replace("{message}", escaped(status.message()))
                .replace("{end}", status.end() == null ? "" : escaped(TIME.format(status.end())))
                .replace("{end-iso}", status.end() == null ? "" : status.end().toString())
                .replace("{context}", escaped(contextPath))
                .replace("{again}", Integer.toString(LOOK_AGAIN + random.applyAsInt(LOOK_AGAIN)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
