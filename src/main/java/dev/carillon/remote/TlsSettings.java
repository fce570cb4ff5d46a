package dev.carillon.remote;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose certificates are believed.
 *
 * @param trustStore a PKCS #12 or JKS file; empty for what Java trusts
 * @param verify false believes everybody, whatever the trust store says
 */
public record TlsSettings(Optional<Path> trustStore, Optional<String> trustStorePassword, boolean verify) {

    /** What Java trusts. */
    public static final TlsSettings DEFAULT = new TlsSettings(Optional.empty(), Optional.empty(), true);

    public TlsSettings {
        if (trustStorePassword.isPresent() && trustStore.isEmpty()) {
            throw new IllegalArgumentException("trust_store_password is there, but no trust_store");
        }
    }

    boolean isDefault() {
        return trustStore.isEmpty() && verify;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return (verify ? "" : "un") + "verified by "
                + trustStore.map(Path::toString).orElse("the default trust store");
    }
}
