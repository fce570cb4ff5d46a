package dev.carillon.ready;

import dev.carillon.topic.Denied;
import dev.carillon.topic.SecuredTopic;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;

/**
 * The topics of one user: nobody else subscribes to them. What the classes beside this one tell has a name there; an
 * application may take others, such as <code>Notification.to(UserTopic.of("alice", "shop/basket"))</code>.
 */
@Topic("carillon/users/{user}/{name: .+}")
@ApplicationScoped
public class UserTopic extends SecuredTopic {

    /** All of them begin so. */
    static final String ALL = "carillon/users/";

    private static final String UNENCODED = "_-,";

    /**
     * A topic of a user.
     *
     * @param user the name, as the container knows it
     * @param name such as {@code mail}
     */
    public static String of(String user, String name) {
        return ALL + encoded(user) + "/" + name;
    }

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        if (who.isVisitor() || !encoded(who.name()).equals(request.get(USER))) {
            throw new Denied("This topic is another user's");
        }
    }

    /** Names may hold what separates components, as in an address of mail. Percent-encoded, more than URIs ask for. */
    private static String encoded(String user) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : user.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            boolean plain =
                    character < 0x80 && (Character.isLetterOrDigit(character) || UNENCODED.indexOf(character) >= 0);
            encoded.append(plain ? String.valueOf(character) : String.format("%%%02X", (int) character));
        }
        return encoded.toString();
    }
}
