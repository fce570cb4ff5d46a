package dev.carillon.demo;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Hands an exported file to whoever has exported it, and to nobody else. */
@WebServlet(ExportDownload.PATH)
public class ExportDownload extends HttpServlet {

    /** Below the pages, and as they are for users only. */
    static final String PATH = "/demo/export";

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ExportedFiles files;

    /** The address of a file, but for its id. */
    static String address(String contextPath) {
        return contextPath + PATH + "?id=";
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = Optional.ofNullable(request.getParameter("id")).orElse("");
        Optional<String> file = files.find(id, request.getRemoteUser());
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"orders.csv\"");
        response.getWriter().write(file.get());
    }
}
