package dev.carillon.it.login;

import dev.carillon.topic.Denied;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;

@Topic("reports/{owner}")
@ApplicationScoped
public class ReportsTopic implements TopicHandler {

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        if (!who.name().equals(request.get("owner")) && !who.isInRole("administrator")) {
            throw new Denied("these reports are not yours");
        }
    }
}
