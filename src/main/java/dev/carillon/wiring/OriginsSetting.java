package dev.carillon.wiring;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.security.AllowedOrigins;
import dev.carillon.security.Origins;
import java.util.List;

/**
 * Looks whether {@code carillon.origins} has changed, the one setting that need not wait for the next start: a new front
 * end should not cost everybody their sessions. What is not legal changes nothing.
 */
final class OriginsSetting {

    private static final System.Logger LOG = System.getLogger(OriginsSetting.class.getName());

    private static final String KEY = "origins";

    private final Configuration configuration;
    private final AllowedOrigins allowed;
    private List<String> known; // guarded by this

    /** What is set now is taken to be what {@code allowed} has. */
    OriginsSetting(Configuration configuration, AllowedOrigins allowed) {
        this.configuration = configuration;
        this.allowed = allowed;
        this.known = read();
    }

    /** To be called every few seconds. */
    synchronized void look() {
        List<String> now = read();
        if (now.equals(known)) {
            return;
        }
        known = now;
        try {
            allowed.replace(new Origins(now));
            LOG.log(INFO, "CAR-669 carillon.origins has changed: {0}", now.isEmpty() ? "none" : String.join(", ", now));
        } catch (IllegalArgumentException notLegal) {
            LOG.log(
                    WARNING,
                    "CAR-670 carillon.{0}. What was allowed before the change still is, and nothing else",
                    notLegal.getMessage());
        }
    }

    private List<String> read() {
        return new SettingsReader(configuration).list(KEY);
    }
}
