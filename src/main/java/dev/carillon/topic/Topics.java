package dev.carillon.topic;

import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The declared topics, as the rights of a realm: subscribing is for the handler to allow; publishing, calling and
 * registering are for the application and its back-ends; a topic that nobody declared is for nobody.
 */
public final class Topics implements Authorizer {

    private final SortedMap<TopicPattern, TopicHandler> handlers;
    private final Consumer<Runnable> inRequestContext;

    private Topics(SortedMap<TopicPattern, TopicHandler> handlers, Consumer<Runnable> inRequestContext) {
        this.handlers = handlers;
        this.inRequestContext = inRequestContext;
    }

    @Override
    public void authorize(Request request) {
        switch (request.action()) {
            case SUBSCRIBE -> subscribe(find(request.uri()), request.who(), request.uri());
            case PUBLISH -> {
                find(request.uri());
                requireTrusted(request.who(), "publishing");
            }
            case CALL -> requireTrusted(request.who(), "calling this procedure");
            case REGISTER -> requireTrusted(request.who(), "registering procedures");
        }
    }

    private static void requireTrusted(Identity who, String what) {
        if (!who.equals(Identity.APPLICATION) && !who.isInRole(Identity.BACKEND)) {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, what + " is not for this session");
        }
    }

    private void subscribe(Found found, Identity who, Uri topic) {
        if (who.equals(Identity.APPLICATION)) {
            return; // handlers decide about users
        }
        try {
            inRequestContext.accept(() -> found.handler.onSubscribe(
                    new Subscriber(who), new TopicRequest(topic.value(), found.placeholders)));
        } catch (Denied denied) {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, String.valueOf(denied.getMessage()));
        }
    }

    private Found find(Uri topic) {
        // The most specific pattern comes first.
        for (Map.Entry<TopicPattern, TopicHandler> entry : handlers.entrySet()) {
            Optional<Map<String, String>> placeholders = entry.getKey().match(topic.value());
            if (placeholders.isPresent()) {
                return new Found(entry.getValue(), placeholders.get());
            }
        }
        throw new WampError(ErrorUri.NOT_AUTHORIZED, "nobody declared this topic");
    }

    private record Found(TopicHandler handler, Map<String, String> placeholders) {}

    /** Collects declarations and everything that is wrong with them. */
    public static final class Builder {

        private final SortedMap<TopicPattern, TopicHandler> handlers = new TreeMap<>();
        private final SortedMap<TopicPattern, String> declaredBy = new TreeMap<>();
        private final List<String> problems = new ArrayList<>();

        /** @param declaredBy the handler's class, for the text of a problem */
        public Builder add(String pattern, String declaredBy, TopicHandler handler) {
            try {
                TopicPattern parsed = new TopicPattern(pattern);
                String other = this.declaredBy.putIfAbsent(parsed, declaredBy);
                if (other != null) {
                    problems.add("CAR-102 " + declaredBy + ": the pattern '" + pattern
                            + "' matches the same topics as that of " + other
                            + "; make one more specific, or join the handlers");
                }
                handlers.putIfAbsent(parsed, handler);
            } catch (IllegalArgumentException e) {
                problems.add(
                        "CAR-101 " + declaredBy + ": the pattern '" + pattern + "' cannot be read: " + e.getMessage());
            }
            return this;
        }

        /** Notes what else is wrong with a declaration. */
        public void problem(String declaredBy, String sentence) {
            problems.add("CAR-105 " + declaredBy + ": " + sentence);
        }

        /** What keeps the application from being deployed, in sentences. */
        public List<String> problems() {
            return List.copyOf(problems);
        }

        /** @param inRequestContext runs a handler with an active CDI request context */
        public Topics build(Consumer<Runnable> inRequestContext) {
            return new Topics(handlers, inRequestContext);
        }
    }
}
