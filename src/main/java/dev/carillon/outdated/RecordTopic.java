package dev.carillon.outdated;

import dev.carillon.matching.UriPattern;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where it is told what was changed of one record, where rights differ by record. */
@Topic("carillon/content/{type}/{id}")
@ApplicationScoped
class RecordTopic implements TopicHandler {

    private final ContentAudience audience;

    @Inject
    RecordTopic(ContentAudience audience) {
        this.audience = audience;
    }

    RecordTopic() {
        this(new ContentAudience()); // for the client proxy only
    }

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        String id = URLDecoder.decode(request.get("id"), StandardCharsets.UTF_8);
        ContentTopic.require(audience, who, request.get("type"), Optional.of(id));
    }

    @Override
    public void onSubscribe(Subscriber who, UriPattern topics) {
        ContentTopic.requireEverything(audience, who);
    }

    @Override
    public String subscribersInWords() {
        return "the roles of carillon.content.roles or @ContentRoles, or whom a ContentRights bean allows";
    }
}
