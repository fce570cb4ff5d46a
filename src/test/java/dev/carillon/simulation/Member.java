package dev.carillon.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.carillon.protocol.Abort;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Goodbye;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Published;
import dev.carillon.protocol.Registered;
import dev.carillon.protocol.Result;
import dev.carillon.protocol.Subscribed;
import dev.carillon.protocol.Unregistered;
import dev.carillon.protocol.Unsubscribed;
import dev.carillon.protocol.Welcome;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.support.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One simulated client: what it was promised, and, from what it has heard so far, what it can know. */
final class Member {

    enum Phase {
        CONNECTED,
        JOINED,
        /** The router said GOODBYE, and waits for ours. */
        SENT_AWAY,
        /** No session any more; its last messages, and the end of the connection, may be under way. */
        LEFT
    }

    private static final Serializer JSON = Serializer.of("wamp.2.json").orElseThrow();

    final String name;
    final String realm;
    final Peer peer;

    Phase phase = Phase.CONNECTED;
    boolean reading = true;
    /** The transport has failed: it is promised nothing more, and the router is about to be told. */
    boolean deaf;

    int published;
    int called;

    // What the model knows of it. A topic or procedure is here from the moment in which the router has granted it.
    final List<Call> toAnswer = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();

    // What it can know itself, from what it has heard.
    final Map<Long, String> subscriptions = new TreeMap<>();
    final Map<Long, String> registrations = new TreeMap<>();
    final Map<Long, Call> invocations = new TreeMap<>();
    final Set<Long> unsubscribing = new HashSet<>(); // ids whose end was asked for and not heard of
    final Set<Long> unregistering = new HashSet<>();
    final List<Long> answered = new ArrayList<>();
    final Map<String, Long> publicationIds;

    private final List<Promise> promised = new ArrayList<>();
    private final Map<Long, String> asked = new HashMap<>();
    private long lastRequest;
    private long lastInvocation;
    private @Nullable String end;

    /** @param publicationIds by payload; shared by all, since all are told the same id of a publication */
    Member(String name, String realm, Peer peer, Map<String, Long> publicationIds) {
        this.name = name;
        this.realm = realm;
        this.peer = peer;
        this.publicationIds = publicationIds;
    }

    boolean isJoined() {
        return phase == Phase.JOINED;
    }

    /** @param about what the answer will be about: a topic, a procedure, an id that is given up, a payload */
    long nextRequest(String about) {
        asked.put(++lastRequest, about);
        return lastRequest;
    }

    void promise(Promise promise) {
        if (!deaf) {
            promised.add(promise);
        }
    }

    void forgetPromises() {
        promised.clear();
    }

    /** What it was promised and has not heard. */
    List<Promise> promised() {
        return promised;
    }

    long promisedSize() {
        return promised.stream().mapToLong(Promise::size).sum();
    }

    void hearAll() {
        peer.hearsAll().forEach(text -> hear(JSON.decode(new Frame.Text(text))));
    }

    private void hear(Message message) {
        assertThat(end).as("what %s had heard before %s", name, message).isNull();
        String content = contentOf(message);
        Promise kept = promised.stream()
                .filter(promise -> promise.content().equals(content))
                .findFirst()
                .orElseGet(() -> fail("%s heard '%s', which it was not promised, but %s", name, content, promised));
        Promise first = promised.stream()
                .filter(promise -> promise.stream().equals(kept.stream()))
                .findFirst()
                .orElseThrow();
        assertThat(content).as("the next of the %s to %s", kept.stream(), name).isEqualTo(first.content());
        promised.remove(first);
        if (kept.isLast()) {
            end = content;
            assertThat(promised).as("what %s hears behind %s", name, content).isEmpty();
        }
    }

    private String contentOf(Message message) {
        if (message instanceof Event event) {
            String topic = subscriptions.get(event.subscription().value());
            assertThat(topic)
                    .as("the topic of subscription %s of %s, live between SUBSCRIBED and UNSUBSCRIBED", event, name)
                    .isNotNull();
            requireSameId(text(event.payload()), event.publication().value());
            String concrete = event.details().string("topic").orElse(topic); // whoever asked for a pattern is told
            return Promise.event(topic, concrete, text(event.payload()));
        } else if (message instanceof Invocation invocation) {
            return heard(invocation);
        } else if (message instanceof Subscribed subscribed) {
            subscriptions.put(
                    subscribed.subscription().value(),
                    about(subscribed.request().value()));
            return "SUBSCRIBED to request " + subscribed.request();
        } else if (message instanceof Unsubscribed unsubscribed) {
            forget(subscriptions, unsubscribing, unsubscribed.request().value());
            return "UNSUBSCRIBED to request " + unsubscribed.request();
        } else if (message instanceof Registered registered) {
            registrations.put(
                    registered.registration().value(),
                    about(registered.request().value()));
            return "REGISTERED to request " + registered.request();
        } else if (message instanceof Unregistered unregistered) {
            forget(registrations, unregistering, unregistered.request().value());
            return "UNREGISTERED to request " + unregistered.request();
        } else if (message instanceof Published published) {
            requireSameId(
                    about(published.request().value()), published.publication().value());
            return "PUBLISHED to request " + published.request();
        } else if (message instanceof Result result) {
            return "RESULT to request " + result.request() + text(result.payload());
        } else if (message instanceof Error error) {
            // The sentences of the router's own errors are nobody's promise.
            String payload = error.error().value().startsWith("wamp.") ? "" : text(error.payload());
            return "ERROR " + error.requestType() + " " + error.error() + " to request " + error.request() + payload;
        } else if (message instanceof Goodbye goodbye) {
            return "GOODBYE " + goodbye.reason();
        } else if (message instanceof Abort abort) {
            return "ABORT " + abort.reason();
        } else if (message instanceof Welcome) {
            return "WELCOME";
        }
        return fail("%s heard %s, which is not for a client", name, message);
    }

    private String heard(Invocation invocation) {
        long id = invocation.request().value();
        assertThat(id).as("ids of invocations of %s count from 1", name).isEqualTo(++lastInvocation);
        String procedure = registrations.get(invocation.registration().value());
        assertThat(procedure)
                .as("the procedure of %s to %s, between REGISTERED and UNREGISTERED", invocation, name)
                .isNotNull();
        String payload = text(invocation.payload());
        Call call = toAnswer.stream()
                .filter(pending -> pending.payload().equals(payload))
                .findFirst()
                .orElse(Call.OF_THE_PAST); // the session has left, and reads on what was under way
        invocations.put(id, call);
        return "INVOCATION of " + procedure + payload;
    }

    private void forget(Map<Long, String> known, Set<Long> ending, long request) {
        Long id = Long.valueOf(about(request));
        known.remove(id);
        ending.remove(id);
    }

    private void requireSameId(String payload, long id) {
        Long known = publicationIds.putIfAbsent(payload, id);
        if (known != null) {
            assertThat(id)
                    .as("the publication id of %s as told to %s", payload, name)
                    .isEqualTo(known);
        }
    }

    private String about(long request) {
        String about = asked.get(request);
        assertThat(about).as("request %s of %s", request, name).isNotNull();
        return about;
    }

    private static String text(Payload payload) {
        return payload instanceof Payload.Json json ? json.text() : "";
    }

    @Override
    public String toString() {
        return name + "@" + realm;
    }
}
