package dev.carillon.wiring;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.admin.AdminProcedures;
import dev.carillon.broker.TopicHooks;
import dev.carillon.client.WampSession;
import dev.carillon.executor.AlarmClock;
import dev.carillon.executor.OrderedExecutor;
import dev.carillon.history.Epochs;
import dev.carillon.history.Histories;
import dev.carillon.local.LocalSessions;
import dev.carillon.local.SharedSession;
import dev.carillon.maintenance.MaintenanceProcedures;
import dev.carillon.metrics.Metrics;
import dev.carillon.notification.NotificationRelay;
import dev.carillon.outdated.ContentAudience;
import dev.carillon.presence.Presence;
import dev.carillon.procedure.BeanValidation;
import dev.carillon.procedure.MethodConstraints;
import dev.carillon.procedure.ProcedureDiscovery;
import dev.carillon.procedure.Procedures;
import dev.carillon.ready.RightsNews;
import dev.carillon.realm.Realm;
import dev.carillon.realm.RealmSettings;
import dev.carillon.realm.Surroundings;
import dev.carillon.router.JoinRate;
import dev.carillon.router.Router;
import dev.carillon.security.AllowedOrigins;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.BackendTickets;
import dev.carillon.security.DynamicAuthorizer;
import dev.carillon.security.Grants;
import dev.carillon.security.TicketAuthenticator;
import dev.carillon.security.Tickets;
import dev.carillon.session.Ids;
import dev.carillon.ticketing.Logins;
import dev.carillon.topic.Positions;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.Topics;
import dev.carillon.transport.Connections;
import dev.carillon.transport.HandshakeSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.ValidatorFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Builds the one graph of an application: each part is a {@code @Singleton} that knows what it needs. */
@ApplicationScoped
class Wiring {

    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final CarillonSettings settings;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService timers;

    @Resource
    private ContextService contexts;

    @Inject
    Wiring() {
        // Problems were told by DeploymentCheck, and the application would not be here.
        this.settings = CarillonSettings.read(new SettingsReader(Configuration.ofServer()));
    }

    @Produces
    @Singleton
    Router router(
            Tickets tickets,
            BackendTickets backendTickets,
            Topics topics,
            Procedures procedures,
            RealmHistories histories,
            AlarmClock alarms,
            AdminProcedures administration,
            MaintenanceProcedures maintenance,
            Metrics metrics) {
        if (settings.open()) {
            LOG.log(
                    WARNING,
                    "CAR-110 carillon.open is set: anybody may do everything in realm {0}."
                            + " For tests and demonstrations only",
                    settings.defaultRealm());
        }
        Executor later = new OrderedExecutor(threads());
        Authorizer rights = settings.open() ? Authorizer.OPEN : procedures.rights(topics, topics.denials());
        List<Realm> realms = settings.realms().stream()
                .map(name -> new Realm(
                        name,
                        realmSettings(name, tickets, backendTickets, rights, topics, histories.of(name)),
                        new Surroundings(
                                Ids.random(new SplittableRandom(random.nextLong())), // each its own: used in turns only
                                clock,
                                alarms,
                                later,
                                metrics)))
                .toList();
        realms.forEach(realm -> administration.serveIn(realm, metrics));
        realms.forEach(maintenance::serveIn);
        return new Router(
                realms, settings.outbox(), new JoinRate(settings.limits().joins(), clock), metrics);
    }

    private RealmSettings realmSettings(
            String realm,
            Tickets tickets,
            BackendTickets backendTickets,
            Authorizer rights,
            TopicHooks hooks,
            Histories histories) {
        boolean visitors = settings.visitorRealms().contains(realm);
        return new RealmSettings(
                settings.open() ? Authenticator::anybody : new TicketAuthenticator(tickets, backendTickets, visitors),
                rights,
                hooks,
                settings.uriRules(),
                settings.strictRequestIds(),
                settings.open() || settings.disclosure(),
                settings.publishRate(),
                settings.limits().sessions(),
                settings.outboxPolicies(realm),
                settings.presenceGrace(),
                histories);
    }

    @Produces
    @Singleton
    RealmHistories realmHistories() {
        return new RealmHistories(settings, clock, Epochs.random(random), new OrderedExecutor(threads()));
    }

    @Produces
    @Singleton
    Topics topics(
            @Any Instance<TopicHandler> handlers,
            @Any Instance<DynamicAuthorizer> authorizers,
            Instance<RequestContextController> requestContexts,
            Metrics metrics) {
        Topics.Builder topics = new Topics.Builder();
        for (Instance.Handle<TopicHandler> handler :
                handlers.select(new Topic.Any()).handles()) {
            Bean<TopicHandler> bean = handler.getBean();
            topics.add(DeploymentCheck.topicOf(bean), bean.getBeanClass(), handler.get());
        }
        return topics.build(
                new Grants(settings.allPermissions(), authorizers.stream().toList()),
                new Topics.Surroundings(
                        work -> inRequestContext(requestContexts, work),
                        new OrderedExecutor(threads()),
                        JsonbBuilder.create(),
                        metrics));
    }

    /** A proxy, so that a bean of a Faces view, which may be passivated, can have it. */
    @Produces
    @ApplicationScoped
    @Named("carillonPositions")
    Positions positions(Router router) {
        return new Positions(router, settings.defaultRealm());
    }

    @Produces
    @Singleton
    NotificationRelay notificationRelay(Router router) {
        NotificationRelay relay = new NotificationRelay(
                router, settings.defaultRealm(), settings.limits().notifications(), threads());
        relay.whenRightsHaveChanged(new RightsNews(router)::tell);
        return relay;
    }

    /** A proxy too. */
    @Produces
    @ApplicationScoped
    Presence presence(Router router) {
        return new Presence(router, settings.defaultRealm());
    }

    @Produces
    @Singleton
    Procedures procedures(BeanManager beans) {
        return beans.getExtension(ProcedureDiscovery.class).procedures(beans, methodConstraints());
    }

    /** Asked for by name: without Bean Validation in the server, not even its classes are there. */
    private static MethodConstraints methodConstraints() {
        try {
            Object factory = InitialContext.doLookup("java:comp/ValidatorFactory");
            return factory == null ? MethodConstraints.NONE : Validation.by(factory);
        } catch (NamingException none) {
            return MethodConstraints.NONE;
        }
    }

    private static final class Validation {
        static MethodConstraints by(Object factory) {
            return new BeanValidation((ValidatorFactory) factory);
        }
    }

    @Produces
    @Singleton
    LocalSessions localSessions(Router router, Instance<RequestContextController> requestContexts) {
        return new LocalSessions(
                router,
                threads(),
                work -> inRequestContext(requestContexts, work),
                settings.outbox().maxMessages());
    }

    /** The application's session in the default realm; a proxy, so that a handler may have it before there is a router. */
    @Produces
    @ApplicationScoped
    WampSession session(LocalSessions sessions) {
        return new SharedSession(sessions, settings.defaultRealm());
    }

    /**
     * Threads that know this application as it is now, whoever asks for one: a callback must not run with the naming
     * context, and least of all with the identity, of the user whose message has caused it.
     */
    private Executor threads() {
        Executor asNow = contexts.currentContextExecutor();
        return task -> executor.execute(() -> asNow.execute(task));
    }

    @Produces
    @Singleton
    AlarmClock alarmClock() {
        return new AlarmClock(this::after, System::nanoTime);
    }

    private Runnable after(Duration delay, Runnable task) {
        ScheduledFuture<?> alarm = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
    }

    @Produces
    @Singleton
    Connections connections(Metrics metrics) {
        Connections connections =
                new Connections(settings.transport(), settings.limits().connections(), clock);
        metrics.measure(connections::samples);
        return connections;
    }

    @Produces
    @Singleton
    Tickets tickets() {
        return new Tickets(settings.ticketTimeToLive(), clock, random);
    }

    @Produces
    @Singleton
    BackendTickets backendTickets() {
        return new BackendTickets(settings.backendSecret().orElse(null), clock);
    }

    @Produces
    @Singleton
    Logins logins(Router router, Tickets tickets, Procedures procedures, ContentAudience content) {
        Set<String> roles = new LinkedHashSet<>(settings.roles());
        roles.addAll(content.roles());
        roles.addAll(procedures.roles());
        settings.allPermissions().forEach(permission -> roles.add(permission.role()));
        return new Logins(router, tickets, List.copyOf(roles));
    }

    @Produces
    @Singleton
    AllowedOrigins origins() {
        return new AllowedOrigins(settings.origins());
    }

    @Produces
    @Singleton
    HandshakeSettings handshakeSettings() {
        return settings.handshake();
    }

    /** With a controller of its own, which is given back: an {@code Instance} keeps what it has handed out. */
    static void inRequestContext(Instance<RequestContextController> controllers, Runnable work) {
        RequestContextController controller = controllers.get();
        boolean activated = controller.activate();
        try {
            work.run();
        } finally {
            if (activated) {
                controller.deactivate();
            }
            controllers.destroy(controller);
        }
    }
}
