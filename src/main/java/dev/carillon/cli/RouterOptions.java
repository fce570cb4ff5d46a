package dev.carillon.cli;

import dev.carillon.client.RequestFailed;
import dev.carillon.client.SessionClosed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that asks a router. */
final class RouterOptions {

    static final String VARIABLE = "CARILLON_URL";

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description = {
                "The router's endpoint, such as wss://shop.example.com/shop/wamp, with options of the client behind '?'.",
                "Default: the environment variable " + VARIABLE + "."
            })
    private @Nullable String url;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = {
                "A file with the secret of back-ends (the router's carillon.backend.secret).",
                "Default: what the URL says, else the environment variable " + Secrets.VARIABLE + "."
            })
    private @Nullable Path secretFile;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for a connection, and for an answer. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    /** @throws Failure if there is no session, or nothing says where */
    Router connect(Environment environment) {
        return environment.connector().connect(target(environment));
    }

    Connector.Target target(Environment environment) {
        if (timeout < 1) {
            throw Failure.usage("--timeout is " + timeout + "; it must be 1 or more");
        }
        String where = Optional.ofNullable(url)
                .or(() -> environment.variable(VARIABLE))
                .orElseThrow(() -> Failure.usage(
                        "nothing says where the router is; give --url, or set " + VARIABLE + " in the environment"));
        return new Connector.Target(
                where,
                Optional.ofNullable(secretFile),
                environment.variable(Secrets.VARIABLE),
                Duration.ofSeconds(timeout));
    }

    /** Waits for an answer. @throws Failure if it is no, or none comes in time */
    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(timeout, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            answer.cancel(false);
            throw Failure.unreachable("no answer within " + timeout + " s");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        } catch (ExecutionException failed) {
            throw inWords(failed.getCause());
        }
    }

    private static RuntimeException inWords(Throwable cause) {
        if (cause instanceof RequestFailed no) {
            return Failure.refused(no.getMessage());
        }
        if (cause instanceof SessionClosed lost) {
            return Failure.unreachable(lost.getMessage());
        }
        return cause instanceof RuntimeException other ? other : new IllegalStateException(cause);
    }
}
