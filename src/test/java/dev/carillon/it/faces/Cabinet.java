package dev.carillon.it.faces;

import dev.carillon.notification.Notification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The data, by topic. */
@ApplicationScoped
public class Cabinet {

    private final Map<String, List<String>> sheets = new ConcurrentHashMap<>();
    private final Event<Notification> notifications;

    @Inject
    Cabinet(Event<Notification> notifications) {
        this.notifications = notifications;
    }

    Cabinet() {
        this(null); // for the client proxy only
    }

    @Transactional
    public void add(String topic, String text) {
        sheets.computeIfAbsent(topic, none -> new CopyOnWriteArrayList<>()).add(text);
        notifications.fire(Notification.to(topic).with(text));
    }

    public List<String> of(String topic) {
        return List.copyOf(sheets.getOrDefault(topic, List.of()));
    }
}
