package dev.carillon.it.remote;

import dev.carillon.remote.WampClient;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST ?router=TEXT} listens to a topic of a router, and publishes a number; {@code GET} answers the numbers that were
 * heard.
 */
@WebServlet("/visitor")
public class VisitorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Resource
    private ManagedExecutorService threads;

    @Resource
    private ManagedScheduledExecutorService timers;

    private final transient List<Integer> heard = new CopyOnWriteArrayList<>();
    private transient volatile @Nullable WampClient client; // null before the first POST

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        WampClient connecting = WampClient.of(request.getParameter("router"))
                .threads(threads, timers)
                .build();
        replace(connecting);
        connecting.connect().join();
        connecting
                .subscribe("it/kept/visitor", event -> heard.add(event.payload(Integer.class)))
                .join();
        connecting.publish("it/kept/visitor", 1).join();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(heard);
    }

    @Override
    public void destroy() {
        replace(null);
    }

    private void replace(@Nullable WampClient other) {
        if (client != null) {
            client.close();
        }
        client = other;
    }
}
