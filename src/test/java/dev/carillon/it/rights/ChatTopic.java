package dev.carillon.it.rights;

import dev.carillon.notification.Notification;
import dev.carillon.topic.Delivery;
import dev.carillon.topic.Publisher;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** Pages publish here; the handler looks at what they say, and says who left. */
@Topic("chat/{room: [a-z]+[0-9]*}")
@ApplicationScoped
public class ChatTopic implements TopicHandler {

    private final Event<Notification> notifications;
    private final Visit visit;

    @Inject
    ChatTopic(Event<Notification> notifications, Visit visit) {
        this.notifications = notifications;
        this.visit = visit;
    }

    ChatTopic() {
        this(null, null); // for the client proxy only
    }

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        visit.begin(); // fails without a request context
    }

    @Override
    public void onUnsubscribe(Subscriber who, TopicRequest request) {
        visit.begin();
        notifications.fire(Notification.to("departures").with(who.name() + " left " + request.get("room")));
    }

    @Override
    public boolean mayPublish(Publisher who, TopicRequest request) {
        return who.isInRole("sales");
    }

    @Override
    public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
        String text = delivery.payload(String.class);
        if (text == null) {
            return;
        }
        if (text.startsWith("boom")) {
            throw new IllegalStateException("the secret of " + who.name());
        }
        delivery.with(new Line(who.name(), text)).broadcast();
        if (text.startsWith("psst")) {
            delivery.drop();
            delivery.toUsers("bob");
        }
    }

    /** What receivers get. */
    public record Line(String by, String text) {}
}
