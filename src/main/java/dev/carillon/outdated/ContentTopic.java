package dev.carillon.outdated;

import dev.carillon.matching.UriPattern;
import dev.carillon.topic.Denied;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Where it is told what was changed of a type. */
@Topic("carillon/content/{type}")
@ApplicationScoped
public class ContentTopic implements TopicHandler {

    /** All content topics begin so. */
    public static final String ALL = "carillon/content/";

    private final ContentAudience audience;

    @Inject
    ContentTopic(ContentAudience audience) {
        this.audience = audience;
    }

    /** For the client proxy only. */
    protected ContentTopic() {
        this(new ContentAudience());
    }

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        require(audience, who, request.get("type"), Optional.empty());
    }

    @Override
    public String subscribersInWords() {
        return "the roles of carillon.content.roles or @ContentRoles, or whom a ContentRights bean allows";
    }

    @Override
    public void onSubscribe(Subscriber who, UriPattern topics) {
        requireEverything(audience, who);
    }

    static void requireEverything(ContentAudience audience, Subscriber who) {
        if (!audience.mayLearnEverything(who)) {
            throw new Denied("a pattern subscription to changes is for those who may learn of everything");
        }
    }

    static void require(ContentAudience audience, Subscriber who, String type, Optional<String> id) {
        if (!audience.mayLearn(who, type, id)) {
            throw new Denied("changes of " + type + " are not for this user; see carillon.content.roles in the guide");
        }
    }
}
