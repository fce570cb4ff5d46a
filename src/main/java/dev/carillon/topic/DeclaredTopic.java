package dev.carillon.topic;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.matching.UriPattern;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** What an administrator can know of a declared topic. */
public final class DeclaredTopic {

    private static final System.Logger LOG = System.getLogger(DeclaredTopic.class.getName());

    private final TopicPattern pattern;
    private final String handler;
    private final boolean visitors;
    private final String subscribers;
    private final Optional<String> publishers;

    private DeclaredTopic(
            TopicPattern pattern, String handler, boolean visitors, String subscribers, Optional<String> publishers) {
        this.pattern = pattern;
        this.handler = handler;
        this.visitors = visitors;
        this.subscribers = subscribers;
        this.publishers = publishers;
    }

    /** A handler that leaves a question to the default has answered it. @param type its class, where it is a proxy */
    static DeclaredTopic of(TopicPattern pattern, Class<?> type, TopicHandler handler, boolean visitors) {
        return new DeclaredTopic(
                pattern,
                type.getName(),
                visitors,
                decides(type, "onSubscribe", Subscriber.class)
                        ? words(pattern, handler::subscribersInWords)
                        : "every user",
                decides(type, "mayPublish", Publisher.class)
                        ? Optional.of(words(pattern, handler::publishersInWords))
                        : Optional.empty());
    }

    private static boolean decides(Class<?> type, String method, Class<?> who) {
        return Arrays.stream(type.getMethods())
                .filter(each -> each.getName().equals(method)
                        && Arrays.equals(each.getParameterTypes(), new Class<?>[] {who, TopicRequest.class}))
                .anyMatch(each -> each.getDeclaringClass() != TopicHandler.class);
    }

    private static String words(TopicPattern pattern, Supplier<String> handler) {
        try {
            return handler.get();
        } catch (RuntimeException failure) { // application code
            LOG.log(WARNING, "CAR-651 the handler of '" + pattern + "' could not say who may do what", failure);
            return "nobody knows: the handler fails when it is asked";
        }
    }

    /** As it was written. */
    public String pattern() {
        return pattern.toString();
    }

    /** The name of the handler's class. */
    public String handler() {
        return handler;
    }

    /** Whether those who are not logged in may subscribe, if the handler allows them to. */
    public boolean visitors() {
        return visitors;
    }

    /** Who may subscribe, in words. */
    public String subscribers() {
        return subscribers;
    }

    /** To whom the handler grants to publish, in words; empty if to nobody. */
    public Optional<String> publishers() {
        return publishers;
    }

    /** Whether there may be a topic of both; not one too few. */
    public boolean mayOverlap(UriPattern topics) {
        return pattern.mayOverlap(topics);
    }
}
