package dev.carillon.remote;

import jakarta.websocket.ClientEndpointConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;

/** Whose certificates a connection believes. */
final class Tls {

    private Tls() {}

    /** @throws IOException if the trust store cannot be read; the message names it */
    static ClientEndpointConfig configured(TlsSettings settings, ClientEndpointConfig.Builder builder)
            throws IOException {
        ClientEndpointConfig config =
                builder.sslContext(context(settings)).build(); // also the default one: Undertow has none of its own
        if (!settings.verify()) {
            try {
                Tyrus.believeEveryName(config);
            } catch (NoClassDefFoundError anotherImplementation) {
                // In which the context decides about the name, too.
            }
        }
        return config;
    }

    /** A class of its own, so that it need not be loaded where Tyrus is not there. */
    private static final class Tyrus {
        static void believeEveryName(ClientEndpointConfig config) {
            SslEngineConfigurator engines = new SslEngineConfigurator(config.getSSLContext(), true, false, false);
            engines.setHostVerificationEnabled(false);
            config.getUserProperties().put(ClientProperties.SSL_ENGINE_CONFIGURATOR, engines);
        }
    }

    private static SSLContext context(TlsSettings settings) throws IOException {
        try {
            if (settings.isDefault()) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, settings.verify() ? trusted(settings) : new TrustManager[] {new Everybody()}, null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("TLS cannot be set up: " + unusable.getMessage(), unusable);
        }
    }

    private static TrustManager[] trusted(TlsSettings settings) throws IOException, GeneralSecurityException {
        Path file = settings.trustStore().orElseThrow();
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType()); // reads JKS, too
        try (InputStream in = Files.newInputStream(file)) {
            store.load(
                    in, settings.trustStorePassword().map(String::toCharArray).orElse(null));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IOException(
                    "the trust store " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** For tests: believes every certificate, also one for another host. */
    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
