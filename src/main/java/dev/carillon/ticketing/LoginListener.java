package dev.carillon.ticketing;

import jakarta.inject.Inject;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.security.Principal;

/**
 * Notices the end of a login: the HTTP session ends, gets another id (as at a new login), or lives on without its user
 * after {@code HttpServletRequest.logout()}, of which there is no event, so that each request's end is looked at.
 */
@WebListener
public class LoginListener implements HttpSessionListener, HttpSessionIdListener, ServletRequestListener {

    @Inject
    private Logins logins;

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        logins.ended(event.getSession().getId());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        logins.ended(oldId);
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request) {
            HttpSession httpSession = request.getSession(false);
            if (httpSession != null) {
                Principal user = request.getUserPrincipal();
                logins.check(httpSession.getId(), user == null ? null : user.getName());
            }
        }
    }
}
