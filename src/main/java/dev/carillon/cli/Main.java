package dev.carillon.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import picocli.CommandLine.Help.Ansi;

/** {@code java -jar carillon-cli.jar}. */
final class Main {

    private static final int NONCE_BYTES = 24;

    /** The JDK's own logging reads it; a class without a constructor that sets nothing up is one that logs nothing. */
    private static final String LOGGING = "java.util.logging.config.class";

    private Main() {}

    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(LOGGING, Object.class.getName()); // what there is to say, commands say themselves
        }
        SecureRandom random = new SecureRandom();
        Environment environment = new Environment(
                System.getenv(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Ansi.AUTO.enabled(),
                RemoteRouter::connect,
                InstantSource.system(),
                () -> nonce(random),
                task -> Runtime.getRuntime().addShutdownHook(new Thread(task, "goodbye")));
        System.exit(Carillon.run(environment, arguments));
    }

    private static String nonce(SecureRandom random) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
