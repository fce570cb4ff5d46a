package dev.carillon.wiring;

import dev.carillon.metrics.Metrics;
import dev.carillon.notification.NotificationRelay;
import dev.carillon.ops.Condition;
import dev.carillon.ops.Drain;
import dev.carillon.router.Router;
import dev.carillon.security.AllowedOrigins;
import dev.carillon.transport.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What those who run the server need. */
@ApplicationScoped
class OpsWiring {

    private final CarillonSettings settings;

    @Inject
    OpsWiring() {
        this.settings = CarillonSettings.read(new SettingsReader(Configuration.ofServer()));
    }

    @Produces
    @Singleton
    Metrics metrics() {
        return new Metrics();
    }

    @Produces
    @Singleton
    Drain drain(Router router, Connections connections, NotificationRelay notifications) {
        return new Drain(router, connections, notifications, settings.drain());
    }

    @Produces
    @Singleton
    OriginsSetting originsSetting(AllowedOrigins origins) {
        return new OriginsSetting(Configuration.ofServer(), origins);
    }

    @Produces
    @Singleton
    Condition condition(Router router, Connections connections) {
        return new Condition(router, connections, InstantSource.system());
    }
}
