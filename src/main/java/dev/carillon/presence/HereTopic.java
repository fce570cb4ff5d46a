package dev.carillon.presence;

import dev.carillon.matching.UriPattern;
import dev.carillon.outdated.ContentAudience;
import dev.carillon.topic.Denied;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whoever subscribes views or edits a record; who watches that sees who does. Nothing is published there. It is for those
 * who may learn of the record's changes.
 */
@Topic("carillon/here/{mode: viewing|editing}/{type}/{id}")
@ApplicationScoped
class HereTopic implements TopicHandler {

    private final ContentAudience audience;

    @Inject
    HereTopic(ContentAudience audience) {
        this.audience = audience;
    }

    HereTopic() {
        this(null); // for the client proxy only
    }

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        if (!may(who, request)) {
            throw new Denied("who is at a record of " + request.get("type") + " is not for this user;"
                    + " see carillon.content.roles in the guide");
        }
    }

    /** Whoever has the topics by a pattern is nobody there. */
    @Override
    public void onSubscribe(Subscriber who, UriPattern topics) {
        if (!audience.mayLearnEverything(who)) {
            throw new Denied("a pattern subscription is not offered for these topics");
        }
    }

    @Override
    public String subscribersInWords() {
        return "the roles of carillon.content.roles or @ContentRoles, or whom a ContentRights bean allows";
    }

    @Override
    public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
        return may(who, request);
    }

    private boolean may(Subscriber who, TopicRequest request) {
        String id = URLDecoder.decode(request.get("id"), StandardCharsets.UTF_8);
        return audience.mayLearn(who, request.get("type"), Optional.of(id));
    }
}
