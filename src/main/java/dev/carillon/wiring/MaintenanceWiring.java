package dev.carillon.wiring;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.executor.AlarmClock;
import dev.carillon.executor.OrderedExecutor;
import dev.carillon.maintenance.Gates;
import dev.carillon.maintenance.Maintenance;
import dev.carillon.maintenance.MaintenanceChanged;
import dev.carillon.maintenance.MaintenanceProcedures;
import dev.carillon.maintenance.MaintenanceSettings;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.router.Router;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Maintenance, between the router that tells of it and the web application that it closes. */
@ApplicationScoped
class MaintenanceWiring {

    private static final System.Logger LOG = System.getLogger(MaintenanceWiring.class.getName());

    private final CarillonSettings settings;
    private final Instance<Router> router;
    private final Instance<Maintenance> maintenance;
    private final Event<MaintenanceChanged> changes;
    private final Instance<RequestContextController> requestContexts;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ContextService contexts;

    /** The router is asked for when it is needed: its making asks for the procedures, which are about all this. */
    @Inject
    MaintenanceWiring(
            Instance<Router> router,
            Instance<Maintenance> maintenance,
            Event<MaintenanceChanged> changes,
            Instance<RequestContextController> requestContexts) {
        this.settings = CarillonSettings.read(new SettingsReader(Configuration.ofServer()));
        this.router = router;
        this.maintenance = maintenance;
        this.changes = changes;
        this.requestContexts = requestContexts;
    }

    MaintenanceWiring() { // for the client proxy only
        this.settings = null;
        this.router = null;
        this.maintenance = null;
        this.changes = null;
        this.requestContexts = null;
    }

    /** A proxy, so that the topic can have it before there is a router, and a bean that may be passivated, too. */
    @Produces
    @ApplicationScoped
    Maintenance maintenance(AlarmClock alarms) {
        Executor asNow = contexts.currentContextExecutor();
        Executor inOrder = new OrderedExecutor(task -> executor.execute(() -> asNow.execute(task)));
        return new Maintenance(
                InstantSource.system(), alarms, change -> inOrder.execute(() -> tell(change)), this::publish);
    }

    @Produces
    @Singleton
    MaintenanceProcedures procedures(Maintenance theOne) {
        return new MaintenanceProcedures(theOne);
    }

    @Produces
    @Singleton
    MaintenanceSettings settings() {
        return settings.maintenance();
    }

    void installGates(ServletContext context) {
        Gates.install(context, maintenance.get(), settings.maintenance());
    }

    void start(String contextPath) {
        maintenance.get().start(settings.maintenance().file(contextPath));
    }

    private void publish(String topic) {
        for (String realm : router.get().realms()) {
            try {
                router.get().publish(realm, new Uri(topic), Payload.NONE, true);
            } catch (WampError refused) {
                LOG.log(
                        WARNING,
                        "CAR-827 pages in realm {0} could not be told of maintenance: {1}",
                        realm,
                        refused.sentence());
            }
        }
    }

    /** Observers are application code: one that fails is told to the log, and changes nothing. */
    private void tell(MaintenanceChanged change) {
        try {
            Wiring.inRequestContext(requestContexts, () -> changes.fire(change));
        } catch (RuntimeException failure) {
            LOG.log(WARNING, "CAR-828 an observer of MaintenanceChanged failed", failure);
        }
    }
}
