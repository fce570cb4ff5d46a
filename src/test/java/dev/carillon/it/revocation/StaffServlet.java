package dev.carillon.it.revocation;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the test does to the staff: the last part of the path says what, the query string to whom. */
@WebServlet("/staff/*")
public class StaffServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Staff staff;

    @Inject
    @Any // its qualifier is the topic
    private OfficeTopic topic;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String whom = request.getQueryString();
        switch (request.getPathInfo()) {
            case "/hire" -> staff.hire(whom);
            case "/dismiss" -> staff.dismiss(whom);
            case "/dismiss-async" -> staff.dismissAsync(whom);
            case "/dismiss-in-vain" -> staff.dismissInVain(whom);
            case "/announce" -> staff.announce(whom);
            case "/asked" -> response.getWriter().print(topic.asked());
            default -> throw new ServletException("unknown: " + request.getPathInfo());
        }
    }
}
