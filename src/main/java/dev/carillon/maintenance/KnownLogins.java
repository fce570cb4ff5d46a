package dev.carillon.maintenance;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** Notes in HTTP sessions whether somebody is logged in there, for the door in front of the login. */
final class KnownLogins implements ServletRequestListener {

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request && request.getUserPrincipal() != null) {
            HttpSession session = request.getSession(false);
            if (session != null) {
                note(session);
            }
        }
    }

    /** Once: where sessions are shared by several servers, writing is dear. */
    private static void note(HttpSession session) {
        try {
            if (session.getAttribute(Gate.LOGIN) == null) {
                session.setAttribute(Gate.LOGIN, true);
            }
        } catch (IllegalStateException ended) {
            // by this request, and with it what was to be noted
        }
    }
}
