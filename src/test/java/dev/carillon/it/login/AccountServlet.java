package dev.carillon.it.login;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Ends the login in the way that the query string names, and says who the user is after that. */
@WebServlet({"/account", "/open"})
public class AccountServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String action = String.valueOf(request.getQueryString());
        switch (action) {
            case "logout" -> request.logout();
            case "invalidate" -> request.getSession().invalidate();
            case "renew" -> request.changeSessionId();
            case "null" -> {}
            default -> throw new ServletException("unknown action " + action);
        }
        response.getWriter().print(request.getRemoteUser());
    }
}
