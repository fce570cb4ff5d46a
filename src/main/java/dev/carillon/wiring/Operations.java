package dev.carillon.wiring;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.ops.Condition;
import dev.carillon.ops.Drain;
import dev.carillon.ops.Meters;
import dev.carillon.ops.RouterBean;
import dev.carillon.ops.ServerState;
import dev.carillon.router.Router;
import dev.carillon.transport.Connections;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows the router to those who run the server, while the application runs, and tells it what the server is about to do. */
@ApplicationScoped
class Operations {

    private static final System.Logger LOG = System.getLogger(Operations.class.getName());

    private static final Runnable NOTHING = () -> {};

    /** A monitoring system asks every ten seconds or so, and whoever changes a setting watches what happens. */
    private static final long REFRESH_SECONDS = 2;

    private final Router router;
    private final Connections connections;
    private final Drain drain;
    private final Condition condition;
    private final OriginsSetting origins;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Resource
    private ContextService contexts;

    private @Nullable RouterBean bean;
    private @Nullable ServerState server;
    private Runnable removeMeters = NOTHING;
    private @Nullable Future<?> refreshes;

    @Inject
    Operations(Router router, Connections connections, Drain drain, Condition condition, OriginsSetting origins) {
        this.router = router;
        this.connections = connections;
        this.drain = drain;
        this.condition = condition;
        this.origins = origins;
    }

    Operations() {
        this(null, null, null, null, null); // for the client proxy only
    }

    void start(String contextPath) {
        condition.lookedAfter();
        // Threads of the server's management come by these, and application code may run on them.
        Runnable leave = contexts.contextualRunnable(drain::begin);
        Runnable comeBack = contexts.contextualRunnable(drain::end);
        bean = new RouterBean(router, connections, contextPath, leave, comeBack);
        bean.register();
        server = new ServerState(leave, comeBack);
        server.listen();
        Runnable showFigures = meters(contextPath);
        refreshes = scheduler.scheduleWithFixedDelay(() -> refresh(showFigures), 0, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    /** Before the router takes its leave. */
    void stop() {
        condition.stopped();
        if (refreshes != null) {
            refreshes.cancel(false);
        }
        removeMeters.run();
        if (server != null) {
            server.forget();
        }
        if (bean != null) {
            bean.unregister();
        }
    }

    private Runnable meters(String contextPath) {
        try {
            Optional<Meters> offered = Meters.ofServer(router.metrics(), contextPath);
            offered.ifPresent(meters -> removeMeters = meters::remove);
            return offered.<Runnable>map(meters -> meters::refresh).orElse(NOTHING);
        } catch (LinkageError absent) {
            LOG.log(DEBUG, "no Micrometer here: figures are in JMX only");
            return NOTHING;
        }
    }

    /** Never throws: a task that does is not scheduled again. */
    private void refresh(Runnable showFigures) {
        try {
            showFigures.run();
        } catch (RuntimeException failure) {
            LOG.log(WARNING, "CAR-668 figures could not be shown in Micrometer; it goes on in a moment", failure);
        }
        try {
            origins.look();
        } catch (RuntimeException failure) { // a source of settings that is not there now
            LOG.log(WARNING, "CAR-671 carillon.origins could not be read; it goes on in a moment", failure);
        }
    }
}
