package dev.carillon.it.rights;

import dev.carillon.topic.BroadcastTopic;
import dev.carillon.topic.SecuredTopic;
import dev.carillon.topic.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;

/** Topics that need no code. */
final class Topics {

    private Topics() {}

    @Topic("departures")
    @ApplicationScoped
    static class Departures extends BroadcastTopic {}

    @Topic("mail/{user}")
    @ApplicationScoped
    static class Mail extends SecuredTopic {}

    @Topic(value = "maintenance", visitors = true)
    @Dependent
    static class Maintenance extends BroadcastTopic {}
}
