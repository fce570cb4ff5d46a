package dev.carillon.remote;

import jakarta.websocket.WebSocketContainer;
import javax.net.ssl.SSLContext;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;

/** What Tyrus asks its own container for, and not the configuration of a connection, as Jakarta WebSocket has it. */
final class Tyrus {

    private Tyrus() {}

    /** @param context of a connection with TLS. Does nothing to another implementation's container */
    static void configure(WebSocketContainer container, TlsSettings settings, SSLContext context) {
        try {
            Properties.set(container, settings, context);
        } catch (NoClassDefFoundError anotherImplementation) {
            // Which takes the context of the configuration.
        }
    }

    /** A class of its own, so that it need not be loaded where Tyrus is not there. */
    private static final class Properties {
        static void set(WebSocketContainer container, TlsSettings settings, SSLContext context) {
            if (container instanceof ClientManager tyrus) {
                SslEngineConfigurator engines = new SslEngineConfigurator(context, true, false, false);
                engines.setHostVerificationEnabled(settings.verify());
                tyrus.getProperties().put(ClientProperties.SSL_ENGINE_CONFIGURATOR, engines);
            }
        }
    }
}
