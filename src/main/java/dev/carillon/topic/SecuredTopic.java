package dev.carillon.topic;

/**
 * A topic of one user: extend it, and qualify the class with a {@link Topic} whose pattern has the placeholder
 * <code>{user}</code>, as in <code>@Topic("mail/{user}")</code>. Only the user of that name may subscribe.
 */
public abstract class SecuredTopic implements TopicHandler {

    /** The placeholder that holds the user's name. */
    public static final String USER = "user";

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        if (!who.name().equals(request.get(USER))) {
            throw new Denied("This topic is another user's");
        }
    }

    @Override
    public String subscribersInWords() {
        return "the user {" + USER + "}";
    }
}
