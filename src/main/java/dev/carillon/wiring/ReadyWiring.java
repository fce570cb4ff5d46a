package dev.carillon.wiring;

import dev.carillon.executor.AlarmClock;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.ready.KeepAlive;
import dev.carillon.ready.PingTopic;
import dev.carillon.router.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the ready topics need. */
@ApplicationScoped
class ReadyWiring {

    /** The router is asked for when it is needed: its making asks for the topics. */
    @Produces
    @Singleton
    KeepAlive keepAlive(AlarmClock alarms, Instance<Router> router) {
        CarillonSettings settings = CarillonSettings.read(new SettingsReader(Configuration.ofServer()));
        return new KeepAlive(
                settings.ready().ping(),
                alarms,
                () -> router.get()
                        .realms()
                        .forEach(realm -> router.get().publish(realm, new Uri(PingTopic.TOPIC), Payload.NONE, false)));
    }
}
