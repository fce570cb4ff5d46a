package dev.carillon.maintenance;

import dev.carillon.topic.Delivery;
import dev.carillon.topic.Denied;
import dev.carillon.topic.Publisher;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;

/**
 * Where pages hear of it, also those of visitors. What is said there is how things stand, whoever says something: no
 * session can publish there, and a notification only has it said again.
 */
@Topic(value = MaintenanceTopic.TOPIC, visitors = true)
@ApplicationScoped
public class MaintenanceTopic implements TopicHandler {

    public static final String TOPIC = "carillon/maintenance";

    private final Maintenance maintenance;

    @Inject
    MaintenanceTopic(Maintenance maintenance) {
        this.maintenance = maintenance;
    }

    /** For the client proxy only. */
    protected MaintenanceTopic() {
        this(null);
    }

    @Override
    public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
        if (who.session().isPresent()) {
            throw new Denied("nobody publishes here; call carillon.maintenance.lock, or unlock");
        }
        delivery.with(maintenance.status().asTold(InstantSource.system().instant()))
                .broadcast();
    }
}
