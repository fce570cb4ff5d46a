package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.client.JsonbMapping;
import dev.carillon.client.Received;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A router that answers what the test says, and a process around a command. */
final class FakeRouter implements Router {

    static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    private static final JsonbMapping MAPPING = new JsonbMapping();

    final Map<String, String> variables =
            new HashMap<>(Map.of("CARILLON_URL", "ws://router.example.com/carillon/wamp"));
    final List<String> asked = new ArrayList<>();
    boolean colours;
    boolean closed;
    Connector.@Nullable Target target;

    @Nullable
    Runnable interrupt;

    Consumer<Tail> whenSubscribed = tail -> {};

    private final Map<String, CompletableFuture<Received>> answers = new HashMap<>();
    private @Nullable RuntimeException noSession;
    private @Nullable RuntimeException refusal;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    static Received received(Arguments arguments) {
        return MAPPING.read(MAPPING.write(arguments));
    }

    static Heard event(String topic, Object... arguments) {
        return new Heard(topic, 7, Optional.empty(), false, received(Arguments.of(arguments)));
    }

    FakeRouter answers(String procedure, Arguments result) {
        answers.put(procedure, CompletableFuture.completedFuture(received(result)));
        return this;
    }

    FakeRouter neverAnswers(String procedure) {
        answers.put(procedure, new CompletableFuture<>());
        return this;
    }

    FakeRouter refuses(RuntimeException everything) {
        refusal = everything;
        return this;
    }

    FakeRouter opensNoSession(RuntimeException why) {
        noSession = why;
        return this;
    }

    /** @return the exit code */
    int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Carillon.run(
                new Environment(
                        variables,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        colours,
                        where -> {
                            target = where;
                            if (noSession != null) {
                                throw noSession;
                            }
                            return this;
                        },
                        InstantSource.fixed(NOW),
                        () -> "nonce-of-the-test-0123",
                        task -> interrupt = task),
                arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    @Override
    public String realm() {
        return "carillon";
    }

    @Override
    public long session() {
        return 4711;
    }

    @Override
    public CompletableFuture<Long> publish(String topic, boolean retained, Arguments arguments) {
        asked.add("publish " + topic + (retained ? " retained " : " ") + inWords(arguments));
        return refusal != null ? CompletableFuture.failedFuture(refusal) : CompletableFuture.completedFuture(99L);
    }

    @Override
    public CompletableFuture<Received> call(String procedure, Arguments arguments) {
        asked.add("call " + procedure + " " + inWords(arguments));
        return refusal != null
                ? CompletableFuture.failedFuture(refusal)
                : answers.getOrDefault(procedure, CompletableFuture.completedFuture(received(Arguments.NONE)));
    }

    @Override
    public CompletableFuture<?> subscribe(Interest interest, Tail tail) {
        asked.add("subscribe " + interest.match() + " " + interest.topic() + (interest.retained() ? " retained" : "")
                + (interest.after() == null ? "" : " after " + interest.after()));
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        whenSubscribed.accept(tail);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        closed = true;
    }

    private static String inWords(Arguments arguments) {
        Received sent = received(arguments);
        return Values.positional(sent) + " " + Values.keyword(sent);
    }
}
