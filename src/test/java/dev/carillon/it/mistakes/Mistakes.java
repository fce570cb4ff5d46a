package dev.carillon.it.mistakes;

import dev.carillon.topic.BroadcastTopic;
import dev.carillon.topic.Topic;
import jakarta.enterprise.context.ApplicationScoped;

/** What the deployment must tell, all at once. */
public final class Mistakes {

    private Mistakes() {}

    @Topic("orders/{id: [}")
    @ApplicationScoped
    public static class BadExpression extends BroadcastTopic {}

    @Topic("orders/{id: int}")
    @ApplicationScoped
    public static class NoSuchType extends BroadcastTopic {}

    @Topic("customers/{id}")
    @ApplicationScoped
    public static class First extends BroadcastTopic {}

    @Topic("customers/{number}")
    @ApplicationScoped
    public static class Second extends BroadcastTopic {}

    @Topic("news")
    @ApplicationScoped
    public static class NoHandler {}

    @Topic("secret")
    @ApplicationScoped
    private static class Hidden extends BroadcastTopic {}
}
