package dev.carillon.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.router.Router;
import dev.carillon.security.Handshake;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.Session;
import dev.carillon.session.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a transport in memory, without threads. Tests say and hear JSON, whichever serializer the peer speaks
 * with the router.
 */
public final class Peer implements Transport {

    private static final Serializer JSON = Serializer.of("wamp.2.json").orElseThrow();

    private final Router router;
    private final Serializer serializer;
    private final Session session;
    private final Deque<Frame> inbox = new ArrayDeque<>();
    private final List<Integer> batches = new ArrayList<>();
    private boolean reading = true;
    private boolean failing;
    private @Nullable Completion unread;
    private @Nullable CloseReason closed;

    public Peer(Router router, Handshake handshake) {
        this(router, handshake, JSON);
    }

    Peer(Router router, Handshake handshake, Serializer serializer) {
        this.router = router;
        this.serializer = serializer;
        this.session = router.connect(this, serializer, handshake);
    }

    public Peer join(String realm) {
        return join(realm, new String[0]);
    }

    /** Joins as whoever can do all this. @param features role and feature, such as {@code callee.call_canceling} */
    public Peer join(String realm, String... features) {
        Map<String, List<String>> byRole = new TreeMap<>(Map.of("publisher", List.of(), "subscriber", List.of()));
        for (String feature : features) {
            String[] parts = feature.split("\\.");
            byRole.merge(parts[0], List.of("'" + parts[1] + "':true"), Peer::and);
        }
        List<String> roles = new ArrayList<>();
        byRole.forEach((role, names) -> roles.add("'" + role + "':{'features':{" + String.join(",", names) + "}}"));
        says("[1,'" + realm + "',{'roles':{" + String.join(",", roles) + "}}]");
        assertThat(hears()).startsWith("[2,");
        return this;
    }

    private static List<String> and(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Sends a message; single quotes stand for double ones. */
    public Peer says(String json) {
        return saysExactly(json.replace('\'', '"'));
    }

    /** Whether this peer can say it: rubbish and half messages exist in its own serializer only. */
    public boolean canSay(String json) {
        try {
            return serializer == JSON || JSON.decode(new Frame.Text(json.replace('\'', '"'))) != null;
        } catch (ProtocolViolation noMessage) {
            return false;
        }
    }

    public Peer saysExactly(String text) {
        Frame frame = new Frame.Text(text);
        router.receive(session, serializer == JSON ? frame : serializer.encode(JSON.decode(frame)));
        return this;
    }

    public Peer saysBinary(byte[] bytes) {
        router.receive(session, new Frame.Binary(bytes));
        return this;
    }

    /** The next message that the router sent. */
    public String hears() {
        return json(hearsFrame());
    }

    private String json(Frame frame) {
        return ((Frame.Text) (serializer == JSON ? frame : JSON.encode(serializer.decode(frame)))).text();
    }

    /** The next message as it came over the transport. */
    public Frame hearsFrame() {
        assertThat(inbox).as("messages to this peer").isNotEmpty();
        return inbox.remove();
    }

    /** The next message is this one; single quotes stand for double ones. */
    public Peer hears(String json) {
        assertThat(hears()).isEqualTo(json.replace('\'', '"'));
        return this;
    }

    /** The next message is an EVENT of this subscription, whatever the publication's id; single quotes as above. */
    public Peer hearsEvent(long subscription, String detailsAndPayload) {
        assertThat(hears().replaceFirst("^(\\[36,\\d+),\\d+", "$1"))
                .isEqualTo("[36," + subscription + "," + detailsAndPayload.replace('\'', '"') + "]");
        return this;
    }

    /** The next message is this ERROR to a CALL, with a sentence. */
    public Peer hearsRefusal(long call, String error) {
        assertThat(hears()).startsWith("[8,48," + call + ",{},\"" + error + "\",[\"");
        return this;
    }

    public Peer hearsNothing() {
        assertThat(inbox).as("messages to this peer").isEmpty();
        return this;
    }

    /** The router says ABORT for a violation of the protocol and closes. */
    public void isAborted() {
        assertThat(hears()).startsWith("[3,").endsWith(",\"wamp.error.protocol_violation\"]");
        hearsNothing();
        isClosedWith(1002);
    }

    public void isClosedWith(int code) {
        assertThat(closed).as("the connection is closed").isNotNull();
        assertThat(closed.code()).isEqualTo(code);
    }

    public Peer isOpen() {
        assertThat(closed).as("why the connection is closed").isNull();
        return this;
    }

    /** The network is gone: no goodbye. */
    public void vanishes() {
        router.disconnected(session);
    }

    public Peer stopsReading() {
        reading = false;
        return this;
    }

    /** Reads on; what was under way arrives. */
    public Peer readsOn() {
        reading = true;
        return readsABatch();
    }

    /** Reads what is under way and no more: the next batch stays unread again. */
    public Peer readsABatch() {
        Completion completion = unread;
        unread = null;
        if (completion != null) {
            completion.done(null);
        }
        return this;
    }

    /** From now on, nothing can be sent to this peer; what is under way is lost. */
    public Peer breaks() {
        failing = true;
        Completion completion = unread;
        unread = null;
        if (completion != null) {
            completion.done(new java.io.IOException("broken"));
        }
        return this;
    }

    /** All messages that the router has sent and that were not heard yet. */
    public List<String> hearsAll() {
        List<String> all = inbox.stream().map(this::json).toList();
        inbox.clear();
        return all;
    }

    /** How many messages are under way: given to this transport, which has not said yet that they are sent. */
    public int underWay() {
        return unread == null ? 0 : batches.get(batches.size() - 1);
    }

    /** Why the router closed the connection; empty while it is open. */
    public Optional<CloseReason> closeReason() {
        return Optional.ofNullable(closed);
    }

    /** How many messages were sent together, each time. */
    public List<Integer> batches() {
        return batches;
    }

    public Session session() {
        return session;
    }

    @Override
    public void send(List<Frame> frames, Completion whenDone) {
        assertThat(unread).as("a batch under way").isNull();
        batches.add(frames.size());
        if (failing) {
            whenDone.done(new java.io.IOException("broken"));
            return;
        }
        inbox.addAll(frames);
        if (reading) {
            whenDone.done(null);
        } else {
            unread = whenDone;
        }
    }

    @Override
    public void close(CloseReason reason) {
        if (closed == null) {
            closed = reason;
        }
    }
}
