package dev.carillon.maintenance;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * Who gets in while it is closed. A container knows its user only behind the login, and a login redirects those who have
 * none: so it is asked twice. In front of the login whoever has begun one gets on; behind it, only who may.
 */
final class Gate {

    /** In an HTTP session: somebody is logged in there, or tries to. That opens this gate's first door and no other. */
    static final String LOGIN = "carillon.maintenance.login";

    private static final String LOGIN_FORM = "/j_security_check";

    private final Maintenance maintenance;
    private final MaintenanceSettings settings;
    private final ClosedPage page;

    Gate(Maintenance maintenance, MaintenanceSettings settings, ClosedPage page) {
        this.maintenance = maintenance;
        this.settings = settings;
        this.page = page;
    }

    /** Answers whoever cannot be somebody who may. @return false if that was done */
    boolean letsInBeforeLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return isOpenTo(request) || hasBegunLogin(request) || refuse(request, response);
    }

    /** Answers whoever may not, now that the container knows who it is. @return false if that was done */
    boolean letsIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return isOpenTo(request) || settings.letsIn(request) || refuse(request, response);
    }

    private boolean isOpenTo(HttpServletRequest request) {
        if (!maintenance.status().isClosed()) {
            return true;
        }
        String path = path(request);
        return isOfCarillon(path) || settings.allowsPath(path) || settings.allowsAddress(request.getRemoteAddr());
    }

    /** Without these, open pages would not hear when it is over. */
    private static boolean isOfCarillon(String path) {
        return path.equals("/wamp") || path.startsWith("/wamp/") || path.startsWith("/carillon/");
    }

    /** Who fills the login form passes from now on: the answer to it is a redirect, which comes back at once. */
    private boolean hasBegunLogin(HttpServletRequest request) {
        if (!settings.allowsRoles()) {
            return false;
        }
        if (path(request).endsWith(LOGIN_FORM) && request.getMethod().equals("POST")) {
            request.getSession().setAttribute(LOGIN, true);
            return true;
        }
        HttpSession session = request.getSession(false);
        return request.getHeader("Authorization") != null || session != null && session.getAttribute(LOGIN) != null;
    }

    /** Decoded and without parameters, as the container maps it. */
    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    private boolean refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        page.send(maintenance.status(), request, response);
        return false;
    }
}
