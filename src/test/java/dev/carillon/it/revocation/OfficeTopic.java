package dev.carillon.it.revocation;

import dev.carillon.topic.Denied;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/** For members, as they are now; the roles of the login do not matter. */
@Topic("office/{what}")
@ApplicationScoped
public class OfficeTopic implements TopicHandler {

    private final Staff staff;
    private final AtomicInteger asked = new AtomicInteger();

    @Inject
    OfficeTopic(Staff staff) {
        this.staff = staff;
    }

    OfficeTopic() {
        this(null); // for the client proxy only
    }

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        asked.incrementAndGet();
        if (!staff.includes(who.name())) {
            throw new Denied("members only");
        }
    }

    /** How often this was asked about anybody. */
    public int asked() {
        return asked.get();
    }
}
