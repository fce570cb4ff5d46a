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
import dev.carillon.security.DynamicAuthorizer;
import dev.carillon.security.Grants;
import dev.carillon.security.Origins;
import dev.carillon.security.TicketAuthenticator;
import dev.carillon.security.Tickets;
import dev.carillon.session.Ids;
import dev.carillon.session.OrderedExecutor;
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
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.bind.JsonbBuilder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

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
        if (settings.open()) {
            LOG.log(
                    WARNING,
                    "CAR-110 carillon.open is set: anybody may do everything in realm {0}."
                            + " For tests and demonstrations only",
                    settings.defaultRealm());
        }
        Metrics metrics = new Metrics();
        List<Realm> realms = settings.realms().stream()
                .map(name -> new Realm(
                        name,
                        realmSettings(name, tickets, backendTickets, topics),
                        Ids.random(new SplittableRandom(random.nextLong())), // each its own: it is used in turns only
                        clock,
                        metrics))
                .toList();
        return new Router(realms, settings.outbox(), metrics);
    }

    private RealmSettings realmSettings(String realm, Tickets tickets, BackendTickets backendTickets, Topics topics) {
        boolean visitors = settings.visitorRealms().contains(realm);
        return new RealmSettings(
                settings.open() ? Authenticator::anybody : new TicketAuthenticator(tickets, backendTickets, visitors),
                settings.open() ? Authorizer.OPEN : topics,
                topics,
                settings.uriRules(),
                settings.strictRequestIds(),
                settings.open() ? 0 : settings.publishRate());
    }

    @Produces
    @Singleton
    Topics topics(
            @Any Instance<TopicHandler> handlers,
            @Any Instance<DynamicAuthorizer> authorizers,
            Instance<RequestContextController> requestContexts) {
        Topics.Builder topics = new Topics.Builder();
        for (Instance.Handle<TopicHandler> handler :
                handlers.select(new Topic.Any()).handles()) {
            Bean<TopicHandler> bean = handler.getBean();
            topics.add(DeploymentCheck.topicOf(bean), bean.getBeanClass().getName(), handler.get());
        }
        return topics.build(
                new Grants(settings.permissions(), authorizers.stream().toList()),
                new Topics.Surroundings(
                        work -> inRequestContext(requestContexts.get(), work),
                        new OrderedExecutor(executor),
                        JsonbBuilder.create()));
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
