package dev.carillon.it.faces;

import dev.carillon.topic.Positions;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The same for a page that fetches its data as JSON. */
@WebServlet("/desk")
public class DeskServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Positions positions;

    @Inject
    private Filing filing;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String topic = request.getParameter("topic");
        String position = positions.of(topic);
        response.setContentType("application/json");
        response.getWriter()
                .print(Json.createObjectBuilder()
                        .add("position", position)
                        .add("sheets", Json.createArrayBuilder(filing.of(topic)))
                        .build());
    }
}
