package dev.carillon.admin;

import dev.carillon.broker.Publication;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaArguments;
import dev.carillon.realm.MetaProcedure;
import dev.carillon.realm.Realm;
import dev.carillon.security.Audience;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.Session;
import dev.carillon.topic.Topics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code carillon.topic.try}: what the topic's handler would do with a publication of the caller. It is asked as it is for
 * any other, so that what it does besides is done.
 */
final class TopicTrial implements MetaProcedure {

    private final Topics topics;
    private final Realm realm;

    TopicTrial(Topics topics, Realm realm) {
        this.topics = topics;
        this.realm = realm;
    }

    /** Arguments: the topic, and the payload, the one positional argument of the publication. */
    @Override
    public Supplier<Answer> prepare(Session caller, MetaArguments arguments) {
        Uri topic = arguments.uri(0, "topic");
        Payload payload = new Payload.Values(Arrays.asList(arguments.value(1)), Map.of());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("declared", topics.patternOf(topic).isPresent());
        answer.put("handler", topics.handlerOf(topic).orElse(null));
        try {
            Publication publication = realm.tryOut(caller, topic, payload);
            answer.put("receivers", receivers(publication.receivers().within()));
            answer.put("payload", firstOf(publication.payload()));
        } catch (WampError refused) {
            answer.put("refused", refused.sentence());
            answer.put("error", refused.uri().value());
        }
        return () -> Answer.of(answer);
    }

    /** None are for everybody; the caller has asked for no others than the handler has. */
    private static Object receivers(List<Audience> within) {
        if (within.isEmpty()) {
            return "everybody";
        }
        Audience audience = within.get(0);
        if (audience.equals(Audience.NOBODY)) {
            return "nobody";
        }
        Map<String, Object> receivers = new LinkedHashMap<>();
        receivers.put("users", audience.users().stream().sorted().toList());
        receivers.put("roles", audience.roles().stream().sorted().toList());
        receivers.put("sessions", audience.sessions().stream().sorted().toList());
        return receivers;
    }

    private static @Nullable Object firstOf(Payload payload) {
        List<?> arguments = Serializer.values(payload).arguments();
        return arguments.isEmpty() ? null : arguments.get(0);
    }
}
