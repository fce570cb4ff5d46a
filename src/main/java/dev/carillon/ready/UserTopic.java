package dev.carillon.ready;

import dev.carillon.protocol.Uri;
import dev.carillon.topic.Denied;
import dev.carillon.topic.SecuredTopic;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The topics of one user: nobody else subscribes to them. What the classes beside this one tell has a name there; an
 * application may take others, such as <code>Notification.to(UserTopic.of("alice", "shop/basket"))</code>.
 */
@Topic("carillon/users/{user}/{name: .+}")
@ApplicationScoped
public class UserTopic extends SecuredTopic {

    /** All of them begin so. */
    static final String ALL = "carillon/users/";

    /**
     * A topic of a user.
     *
     * @param user the name, as the container knows it; it is encoded, as it may hold what separates components
     * @param name such as {@code mail}
     */
    public static String of(String user, String name) {
        return ALL + Uri.component(user) + "/" + name;
    }

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        if (who.isVisitor() || !Uri.component(who.name()).equals(request.get(USER))) {
            throw new Denied("This topic is another user's");
        }
    }
}
