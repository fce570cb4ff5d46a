package dev.carillon.ticketing;

import dev.carillon.router.Router;
import dev.carillon.security.AllowedOrigins;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /wamp/ticket} with a JSON content type answers {@code {"ticket":"..."}} to a logged-in user's own page: 401
 * to anybody else (a script cannot use a redirect to a login page), 403 to a page of a foreign Origin, 415 without the
 * content type, which a foreign page's form cannot set.
 */
@WebServlet("/wamp/ticket")
public class TicketServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Fetch Metadata: {@code none} is a user's own doing, as from a bookmark. */
    private static final Set<String> FRIENDLY_SITES = Set.of("same-origin", "none");

    @Inject
    private transient Router router;

    @Inject
    private transient Logins logins;

    @Inject
    private transient AllowedOrigins origins;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        if (!router.isAdmitting()) {
            response.setHeader("Retry-After", "5");
            answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "error", "the server is about to stop");
        } else if (!isJson(request.getContentType())) {
            answer(
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "error",
                    "send Content-Type: application/json");
        } else if (!isFromOwnPage(request)) {
            router.metrics().refused("origin");
            answer(response, HttpServletResponse.SC_FORBIDDEN, "error", "the Origin is not allowed");
        } else if (request.getUserPrincipal() == null) {
            answer(response, HttpServletResponse.SC_UNAUTHORIZED, "error", "log in first");
        } else {
            answer(response, HttpServletResponse.SC_OK, "ticket", logins.issueTicket(request));
        }
    }

    private boolean isFromOwnPage(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return origins.allow(origin, request.getHeader("Host"));
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || FRIENDLY_SITES.contains(site);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";")[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static void answer(HttpServletResponse response, int status, String key, String value) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter()
                .write(Json.createObjectBuilder().add(key, value).build().toString());
    }
}
