package dev.carillon.transport;

import java.time.Duration;

/**
 * What a connection may do and how long it may take.
 *
 * @param maxMessageSize bytes of one message, all its fragments together
 * @param helloTimeout how long a peer has for each step of opening and closing its session
 * @param pingInterval between pings of the server
 * @param pingTimeout how long a peer may give no sign of life
 * @param sendTimeout how long a batch may stay unsent because the peer does not read
 */
public record TransportSettings(
        int maxMessageSize, Duration helloTimeout, Duration pingInterval, Duration pingTimeout, Duration sendTimeout) {

    public static final TransportSettings DEFAULT = new TransportSettings(
            1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofSeconds(30));

    public TransportSettings {
        if (maxMessageSize < 1024) {
            throw new IllegalArgumentException(
                    "message.max-size is " + maxMessageSize + "; it must be 1024 bytes or more");
        }
        requirePositive("hello.timeout", helloTimeout);
        requirePositive("ping.interval", pingInterval);
        requirePositive("outbox.send-timeout", sendTimeout);
        if (pingTimeout.compareTo(pingInterval) <= 0) {
            throw new IllegalArgumentException("ping.timeout is " + pingTimeout
                    + "; it must be longer than ping.interval, which is " + pingInterval);
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be positive");
        }
    }
}
