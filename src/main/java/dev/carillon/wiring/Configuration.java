package dev.carillon.wiring;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.ConfigProvider;

/** Where settings come from. */
interface Configuration {

    Optional<String> get(String key);

    /** The keys that are set, as far as the source can list them. */
    Set<String> keys();

    /** MicroProfile Config, or the system properties on a server without it. */
    static Configuration ofServer() {
        try {
            return new MicroProfile();
        } catch (NoClassDefFoundError | IllegalStateException absent) {
            return new SystemProperties();
        }
    }

    /** A class of its own, so that it need not be loaded where the API is not there. */
    final class MicroProfile implements Configuration {

        private final org.eclipse.microprofile.config.Config config = ConfigProvider.getConfig();

        @Override
        public Optional<String> get(String key) {
            return config.getOptionalValue(key, String.class);
        }

        @Override
        public Set<String> keys() {
            Set<String> keys = new TreeSet<>();
            config.getPropertyNames().forEach(keys::add);
            return keys;
        }
    }

    final class SystemProperties implements Configuration {

        @Override
        public Optional<String> get(String key) {
            return Optional.ofNullable(System.getProperty(key));
        }

        @Override
        public Set<String> keys() {
            return System.getProperties().stringPropertyNames();
        }
    }
}
