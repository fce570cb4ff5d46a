package dev.carillon.it.maintenance;

import dev.carillon.maintenance.MaintenanceChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the application hears of its own opening and closing. */
@ApplicationScoped
public class Diary {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    void changed(@Observes MaintenanceChanged change) {
        lines.add(change.before().state() + " to " + change.now().state() + " by "
                + change.now().by());
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Shows it. */
    @WebServlet("/diary")
    public static class Pages extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        private transient Diary diary;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(diary.text());
        }
    }
}
