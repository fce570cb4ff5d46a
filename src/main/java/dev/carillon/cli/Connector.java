package dev.carillon.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens sessions. */
@FunctionalInterface
interface Connector {

    /**
     * Connects, and waits until that is done.
     *
     * @throws Failure if there is no session; it says why
     */
    Router connect(Target target);

    /**
     * Where, and as whom.
     *
     * @param url a connection text
     * @param secretFile what counts before anything that the text says
     * @param secret what counts if nothing else says who we are
     */
    record Target(String url, Optional<Path> secretFile, Optional<String> secret, Duration timeout) {

        /** Without the secret, and what may be a password in the text. */
        @Override
        public String toString() {
            return url.replaceFirst("[?#].*", "");
        }
    }
}
