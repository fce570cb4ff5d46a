package dev.carillon.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;

/** The management port of a server: operations, as {@code jboss-cli.sh} sends them, and pages such as {@code health}. */
public final class Management implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

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
        ModelNode request = new ModelNode();
        request.get("operation").set(operation);
        request.get("address").setEmptyList();
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
