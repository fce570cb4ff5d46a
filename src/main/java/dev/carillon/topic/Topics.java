package dev.carillon.topic;

import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.broker.Broker;
import dev.carillon.broker.TopicHooks;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Audience;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Grants;
import dev.carillon.security.Identity;
import dev.carillon.session.OutboxPolicy;
import jakarta.json.bind.Jsonb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The declared topics. Subscribing is for the handler to allow; publishing is for the application, its back-ends, and
 * those to whom the handler or something else grants it; a topic that nobody declared is for those to whom something else
 * grants it. Calling and registering need such a grant, or trust.
 */
public final class Topics implements Authorizer, TopicHooks {

    private static final System.Logger LOG = System.getLogger(Topics.class.getName());

    private final SortedMap<TopicPattern, Declared> handlers;
    private final Map<String, Declared> withoutPlaceholders = new HashMap<>(); // of these, by their one topic
    private final Grants grants;
    private final Surroundings surroundings;

    private Topics(SortedMap<TopicPattern, Declared> handlers, Grants grants, Surroundings surroundings) {
        this.handlers = handlers;
        handlers.forEach((pattern, declared) -> {
            if (!pattern.hasPlaceholders()) {
                withoutPlaceholders.put(pattern.toString(), declared);
            }
        });
        this.grants = grants;
        this.surroundings = surroundings;
    }

    /**
     * What handlers need around them.
     *
     * @param inRequestContext runs a handler with an active CDI request context
     * @param later runs what need not be done at once, in order
     * @param jsonb maps payloads for handlers that look at them
     * @param metrics where the time that handlers take is counted
     */
    public record Surroundings(Consumer<Runnable> inRequestContext, Executor later, Jsonb jsonb, Metrics metrics) {}

    @Override
    public void authorize(Request request) {
        boolean granted = isGranted(request);
        switch (request.action()) {
            case SUBSCRIBE -> subscribe(request, granted);
            case PUBLISH -> publish(request, granted);
            case CALL -> require(granted || request.who().isTrusted(), "calling this procedure");
            case REGISTER -> require(granted || request.who().isTrusted(), "registering procedures");
        }
    }

    /** All declared topics, the most specific first. Asks their handlers for words. */
    public List<DeclaredTopic> declarations() {
        List<DeclaredTopic> all = new ArrayList<>();
        surroundings
                .inRequestContext()
                .accept(() -> handlers.forEach((pattern, declared) ->
                        all.add(DeclaredTopic.of(pattern, declared.type(), declared.handler(), declared.visitors()))));
        return all;
    }

    /** The pattern that declares a topic, as it was written; empty if nobody has. */
    public Optional<String> patternOf(Uri topic) {
        return find(topic).map(found -> found.declared().pattern());
    }

    /** The name of the class of the handler that is asked about a topic; empty if nobody has declared it. */
    public Optional<String> handlerOf(Uri topic) {
        return find(topic).map(found -> found.declared().type().getName());
    }

    /** What dynamic authorizers deny, for rights that are declared elsewhere. */
    public Authorizer denials() {
        return this::isGranted;
    }

    /** A dynamic authorizer is application code, as a handler is. */
    private boolean isGranted(Request request) {
        boolean[] granted = {false};
        surroundings.inRequestContext().accept(() -> granted[0] = grants.grant(request));
        return granted[0];
    }

    @Override
    public Edited onPublish(Uri topic, Payload payload, Identity publisher, @Nullable SessionId session) {
        Optional<Found> found = find(topic);
        if (found.isEmpty()) {
            return new Edited(payload, Audience.EVERYBODY, false);
        }
        Delivery delivery = new Delivery(payload, surroundings.jsonb());
        ask(
                found.get().declared(),
                () -> found.get()
                        .handler()
                        .onPublish(
                                new Publisher(publisher, session), found.get().request(), delivery));
        return delivery.edited(
                found.get().declared().pattern(), found.get().declared().whenFull());
    }

    @Override
    public boolean declares(Uri topic) {
        return find(topic).isPresent();
    }

    @Override
    public void onUnsubscribe(UriPattern topics, Identity subscriber, SessionId session) {
        boolean isOfTheRouter =
                isOfTheRouter(topics) || Broker.watchedBy(topics).isPresent();
        if (subscriber.equals(Identity.APPLICATION) || isOfTheRouter) {
            return; // nobody was asked
        }
        Subscriber who = new Subscriber(subscriber, session);
        if (topics.policy() == MatchPolicy.EXACT) {
            find(topics.uri())
                    .ifPresent(found -> tell(
                            topics.uri(),
                            found.declared(),
                            () -> found.handler().onUnsubscribe(who, found.request())));
        } else {
            tellOfEnd(handlersOf(topics), who, topics);
        }
    }

    private void tell(Uri topic, Declared declared, Runnable handler) {
        surroundings.later().execute(() -> {
            try {
                ask(declared, handler);
            } catch (RuntimeException failure) {
                LOG.log(ERROR, "CAR-303 the handler of topic " + topic + " failed in onUnsubscribe", failure);
            }
        });
    }

    /** Undeclared topics are for those to whom something else grants them, also where a pattern matches them. */
    @Override
    public boolean showsUndeclared(Request request) {
        return request.who().equals(Identity.APPLICATION) || isGranted(request);
    }

    private void subscribe(Request request, boolean granted) {
        UriPattern uris = request.uris();
        if (uris.isReserved()) {
            require(granted || request.who().isTrusted(), "what the router publishes");
        }
        if (isOfTheRouter(uris)) {
            return;
        }
        Optional<Uri> watched = Broker.watchedBy(uris);
        if (watched.isPresent()) {
            subscribeToPresence(request, watched.get(), granted);
        } else if (uris.policy() == MatchPolicy.EXACT) {
            subscribeToTopic(request, granted);
        } else if (!request.who().equals(Identity.APPLICATION)) {
            subscribeToPattern(request, granted);
        }
    }

    /** Whether no topic of the application is among these; the prefix {@code wamp} has {@code wampum} too. */
    private static boolean isOfTheRouter(UriPattern uris) {
        return uris.isReserved()
                && (uris.policy() != MatchPolicy.PREFIX || uris.uri().value().startsWith("wamp."));
    }

    private void subscribeToPresence(Request request, Uri watched, boolean granted) {
        if (granted || request.who().isTrusted()) {
            return;
        }
        Optional<Found> found = find(watched);
        require(found.isPresent() && !request.who().isVisitor(), "who subscribes to this topic");
        boolean[] may = {false};
        Subscriber who = new Subscriber(request.who(), request.session());
        ask(
                found.get().declared(),
                () -> may[0] =
                        found.get().handler().maySeeSubscribers(who, found.get().request()));
        require(may[0], "who subscribes to this topic");
    }

    private void subscribeToPattern(Request request, boolean granted) {
        require(!request.who().isVisitor(), "subscribing to a pattern without a login");
        List<Declared> asked = handlersOf(request.uris());
        if (asked.isEmpty()) {
            requireDeclared(granted);
        }
        Subscriber subscriber = new Subscriber(request.who(), request.session());
        for (int i = 0; i < asked.size(); i++) {
            Declared declared = asked.get(i);
            try {
                ask(declared, () -> declared.handler().onSubscribe(subscriber, request.uris()));
            } catch (RuntimeException | Error refused) {
                if (!request.again()) {
                    tellOfEnd(asked.subList(0, i), subscriber, request.uris()); // they count on the subscriber
                }
                throw refused;
            }
        }
    }

    private void tellOfEnd(List<Declared> told, Subscriber subscriber, UriPattern topics) {
        told.forEach(declared ->
                tell(topics.uri(), declared, () -> declared.handler().onUnsubscribe(subscriber, topics)));
    }

    /** Those whose topics the pattern may match; not one too few. */
    private List<Declared> handlersOf(UriPattern topics) {
        return handlers.entrySet().stream()
                .filter(entry -> entry.getKey().mayOverlap(topics))
                .map(Map.Entry::getValue)
                .toList();
    }

    private void subscribeToTopic(Request request, boolean granted) {
        Optional<Found> found = find(request.uri());
        if (found.isEmpty()) {
            requireDeclared(granted);
        } else if (!request.who().equals(Identity.APPLICATION)) {
            require(!request.who().isVisitor() || found.get().declared().visitors(), "subscribing without a login");
            SessionId session = request.session();
            ask(
                    found.get().declared(),
                    () -> found.get()
                            .handler()
                            .onSubscribe(
                                    new Subscriber(request.who(), session),
                                    found.get().request()));
        }
    }

    private void publish(Request request, boolean granted) {
        Optional<Found> found = find(request.uri());
        if (found.isEmpty()) {
            requireDeclared(granted);
        } else if (!granted && !request.who().isTrusted()) {
            require(!request.who().isVisitor(), "publishing without a login");
            boolean[] may = {false};
            Publisher publisher = new Publisher(request.who(), request.session());
            ask(
                    found.get().declared(),
                    () -> may[0] = found.get()
                            .handler()
                            .mayPublish(publisher, found.get().request()));
            require(may[0], "publishing here");
        }
    }

    private void ask(Declared declared, Runnable handler) {
        long asked = System.nanoTime();
        try {
            surroundings.inRequestContext().accept(handler);
        } catch (Denied denied) {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, String.valueOf(denied.getMessage()));
        } finally {
            surroundings.metrics().handler(declared.pattern()).add(System.nanoTime() - asked);
        }
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, what + " is not for this session");
        }
    }

    private static void requireDeclared(boolean granted) {
        if (!granted) {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, "nobody declared this topic");
        }
    }

    /** The most specific pattern comes first. */
    private Optional<Found> find(Uri topic) {
        Declared literal = withoutPlaceholders.get(topic.value());
        if (literal != null) {
            return Optional.of(new Found(literal, new TopicRequest(topic.value(), Map.of())));
        }
        for (Map.Entry<TopicPattern, Declared> entry : handlers.entrySet()) {
            Optional<Map<String, String>> placeholders = entry.getKey().match(topic.value());
            if (placeholders.isPresent()) {
                return Optional.of(new Found(entry.getValue(), new TopicRequest(topic.value(), placeholders.get())));
            }
        }
        return Optional.empty();
    }

    /**
     * @param type the handler's class, and not that of its proxy
     * @param visitors whether those who are not logged in may subscribe
     * @param pattern as the application has written it
     * @param whenFull what becomes of events for those who read too slowly
     */
    private record Declared(
            TopicHandler handler, Class<?> type, boolean visitors, String pattern, OutboxPolicy whenFull) {}

    private record Found(Declared declared, TopicRequest request) {
        TopicHandler handler() {
            return declared.handler();
        }
    }

    /** Collects declarations and everything that is wrong with them. */
    public static final class Builder {

        private final SortedMap<TopicPattern, Declared> handlers = new TreeMap<>();
        private final SortedMap<TopicPattern, String> declaredBy = new TreeMap<>();
        private final List<String> problems = new ArrayList<>();

        /** @param type the handler's class, whatever the container has made of it */
        public Builder add(Topic topic, Class<?> type, TopicHandler handler) {
            return add(topic, type.getName(), type, handler);
        }

        /** @param declaredBy the handler's class, for the text of a problem */
        public Builder add(Topic topic, String declaredBy, TopicHandler handler) {
            return add(topic, declaredBy, handler.getClass(), handler);
        }

        private Builder add(Topic topic, String declaredBy, Class<?> type, TopicHandler handler) {
            String pattern = topic.value();
            try {
                TopicPattern parsed = new TopicPattern(pattern);
                String other = this.declaredBy.putIfAbsent(parsed, declaredBy);
                if (other != null) {
                    problems.add("CAR-102 " + declaredBy + ": the pattern '" + pattern
                            + "' is just as specific as that of " + other
                            + "; make one more specific, or join the handlers");
                }
                handlers.putIfAbsent(
                        parsed,
                        new Declared(
                                handler,
                                type,
                                topic.visitors(),
                                pattern,
                                topic.whenFull().policy()));
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

        /** @param grants what is granted beyond these declarations */
        public Topics build(Grants grants, Surroundings surroundings) {
            return new Topics(handlers, grants, surroundings);
        }
    }
}
