package dev.carillon.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;

/** The management port of a server: operations, as {@code jboss-cli.sh} sends them, and pages such as {@code health}. */
public final class Management implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private final int port;
    private final ModelControllerClient client;

    public Management(int port) {
        this.port = port;
        try {
            client = ModelControllerClient.Factory.create("127.0.0.1", port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs an operation of the server itself.
     *
     * @param parameters name, value, and so on
     * @throws AssertionError if it fails
     */
    public ModelNode run(String operation, String... parameters) {
        return runAt(new ModelNode().setEmptyList(), operation, parameters);
    }

    /** The same, of a part of the server. @param address type, name, and so on */
    public ModelNode runAt(List<String> address, String operation, String... parameters) {
        ModelNode node = new ModelNode().setEmptyList();
        for (int i = 0; i < address.size(); i += 2) {
            node.add(address.get(i), address.get(i + 1));
        }
        return runAt(node, operation, parameters);
    }

    /** Makes changes count that need it; returns when the server runs again. */
    public void reload() {
        run("reload");
        long limit = System.nanoTime() + RELOAD_LIMIT.toNanos();
        while (!state().equals("running")) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("the server does not come back; its state is " + state());
            }
            pause();
        }
    }

    private String state() {
        try {
            return run("read-attribute", "name", "server-state").asString();
        } catch (UncheckedIOException | AssertionError reloading) {
            return "not to be told now";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the server was reloaded", e);
        }
    }

    private ModelNode runAt(ModelNode address, String operation, String... parameters) {
        ModelNode request = new ModelNode();
        request.get("operation").set(operation);
        request.get("address").set(address);
        for (int i = 0; i < parameters.length; i += 2) {
            request.get(parameters[i]).set(parameters[i + 1]);
        }
        try {
            ModelNode answer = client.execute(request);
            if (!answer.get("outcome").asString().equals("success")) {
                throw new AssertionError(operation + " failed: " + answer);
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What GET of this path answers, such as {@code health/ready}. */
    public HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the management port", e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
