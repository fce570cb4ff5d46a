package dev.carillon.wiring;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.metrics.Metrics;
import dev.carillon.notification.NotificationRelay;
import dev.carillon.realm.Realm;
import dev.carillon.realm.RealmSettings;
import dev.carillon.router.Router;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.BackendTickets;
import dev.carillon.security.Origins;
import dev.carillon.security.TicketAuthenticator;
import dev.carillon.security.Tickets;
import dev.carillon.session.Ids;
import dev.carillon.ticketing.Logins;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.Topics;
import dev.carillon.transport.Connections;
import dev.carillon.transport.HandshakeSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Builds the one graph of an application: each part is a {@code @Singleton} that knows what it needs. */
@ApplicationScoped
class Wiring {

    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final CarillonSettings settings;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    Wiring() {
        // Problems were told by DeploymentCheck, and the application would not be here.
        this.settings = CarillonSettings.read(new SettingsReader(Configuration.ofServer()));
    }

    @Produces
    @Singleton
    Router router(Tickets tickets, BackendTickets backendTickets, Topics topics) {
        Metrics metrics = new Metrics();
        RealmSettings realmSettings = settings.open()
                ? realmSettings(Authenticator::anybody, Authorizer.OPEN)
                : realmSettings(new TicketAuthenticator(tickets, backendTickets), topics);
        if (settings.open()) {
            LOG.log(
                    WARNING,
                    "CAR-110 carillon.open is set: anybody may do everything in realm {0}."
                            + " For tests and demonstrations only",
                    settings.defaultRealm());
        }
        List<Realm> realms = settings.realms().stream()
                .map(name -> new Realm(name, realmSettings, Ids.random(random), metrics))
                .toList();
        return new Router(realms, settings.outbox(), metrics);
    }

    private RealmSettings realmSettings(Authenticator authenticator, Authorizer authorizer) {
        return new RealmSettings(authenticator, authorizer, settings.uriRules(), settings.strictRequestIds());
    }

    @Produces
    @Singleton
    Topics topics(@Any Instance<TopicHandler> handlers, Instance<RequestContextController> requestContexts) {
        Topics.Builder topics = new Topics.Builder();
        for (Instance.Handle<TopicHandler> handler :
                handlers.select(new Topic.Any()).handles()) {
            topics.add(
                    DeploymentCheck.patternOf(handler.getBean()),
                    handler.getBean().getBeanClass().getName(),
                    handler.get());
        }
        return topics.build(work -> inRequestContext(requestContexts.get(), work));
    }

    @Produces
    @Singleton
    NotificationRelay notificationRelay(Router router) {
        return new NotificationRelay(router, settings.defaultRealm(), executor);
    }

    @Produces
    @Singleton
    Connections connections() {
        return new Connections(settings.transport(), clock);
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
    Logins logins(Router router, Tickets tickets) {
        return new Logins(router, tickets, settings.roles());
    }

    @Produces
    @Singleton
    Origins origins() {
        return settings.origins();
    }

    @Produces
    @Singleton
    HandshakeSettings handshakeSettings() {
        return settings.handshake();
    }

    private static void inRequestContext(RequestContextController requestContext, Runnable work) {
        boolean activated = requestContext.activate();
        try {
            work.run();
        } finally {
            if (activated) {
                requestContext.deactivate();
            }
        }
    }
}
