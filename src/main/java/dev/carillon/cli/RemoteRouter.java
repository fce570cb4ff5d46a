package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.client.EventListener.ReceivedEvent;
import dev.carillon.client.Received;
import dev.carillon.client.SessionClosed;
import dev.carillon.remote.ConnectionListener;
import dev.carillon.remote.ConnectionSettings;
import dev.carillon.remote.Credentials;
import dev.carillon.remote.SubscribeOptions;
import dev.carillon.remote.WampClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A router over the network. */
final class RemoteRouter implements Router, ConnectionListener {

    private WampClient client; // set once, before it is connected
    private volatile @Nullable Tail tail; // null before anything is subscribed
    private volatile boolean wasConnected;

    private RemoteRouter() {}

    /** @throws Failure if there is no session */
    static Router connect(Connector.Target target) {
        RemoteRouter router = new RemoteRouter();
        try {
            ConnectionSettings settings = ConnectionSettings.parse(target.url())
                    .orElseThrow(() -> Failure.usage("no router is configured: the URL is '" + target.url() + "'"));
            router.client = WampClient.of(settings)
                    .credentials(credentials(settings, target))
                    .listener(router)
                    .build();
        } catch (IllegalArgumentException wrong) {
            throw Failure.usage(wrong.getMessage());
        }
        try {
            router.client
                    .connect()
                    .orTimeout(target.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return router;
        } catch (CompletionException failed) {
            router.close();
            throw failure(failed.getCause(), target);
        }
    }

    private static Credentials credentials(ConnectionSettings settings, Connector.Target target) {
        if (settings.anonymous()) {
            return Credentials.anonymous();
        }
        Optional<String> secret =
                target.secretFile().or(settings::secretFile).map(Secrets::in).or(target::secret);
        return Credentials.secret(
                secret.orElseThrow(() -> Failure.usage("nothing says who asks; give --secret-file, set "
                        + Secrets.VARIABLE + ", or add anonymous=true to the URL")),
                settings.authid());
    }

    private static Failure failure(Throwable cause, Connector.Target target) {
        if (cause instanceof SessionClosed closed) {
            return closed.reason().isPresent()
                    ? Failure.refused(closed.getMessage())
                    : Failure.unreachable(closed.getMessage());
        }
        return Failure.unreachable(
                cause instanceof TimeoutException
                        ? "no session at " + target + " within "
                                + target.timeout().toSeconds() + " s"
                        : String.valueOf(cause.getMessage()));
    }

    @Override
    public String realm() {
        return client.realm();
    }

    @Override
    public long session() {
        return client.id();
    }

    @Override
    public CompletableFuture<Long> publish(String topic, boolean retained, Arguments arguments) {
        return retained ? client.publishRetained(topic, arguments) : client.publish(topic, arguments);
    }

    @Override
    public CompletableFuture<Received> call(String procedure, Arguments arguments) {
        return client.call(procedure, arguments);
    }

    @Override
    public CompletableFuture<?> subscribe(Interest interest, Tail listener) {
        tail = listener;
        return client.subscribe(interest.topic(), options(interest, listener), event -> listener.heard(heard(event)));
    }

    private static SubscribeOptions options(Interest interest, Tail listener) {
        return new SubscribeOptions(
                interest.match(), interest.retained(), Optional.ofNullable(interest.after()), topic -> listener.gap());
    }

    private static Heard heard(ReceivedEvent event) {
        return new Heard(event.topic(), event.publication(), event.position(), event.isReplayed(), event.arguments());
    }

    @Override
    public void connected(long session) {
        Tail listening = tail;
        if (wasConnected && listening != null) {
            listening.back();
        }
        wasConnected = true;
    }

    @Override
    public void lost(SessionClosed why, Duration retryIn) {
        Tail listening = tail;
        if (listening != null) {
            listening.lost(String.valueOf(why.getMessage()));
        }
    }

    @Override
    public void refused(String uri, String why) {
        Tail listening = tail;
        if (listening != null) {
            listening.ended(why);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
