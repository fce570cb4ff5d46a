package dev.carillon.ready;

import java.time.Duration;

/** @param ping between two signs of life to those who subscribe to {@value PingTopic#TOPIC} */
public record ReadySettings(Duration ping) {

    /** Proxies cut what is idle for a minute. */
    public static final ReadySettings DEFAULT = new ReadySettings(Duration.ofSeconds(50));

    public ReadySettings {
        if (ping.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("ready.ping is " + ping + "; it must be PT1S or more");
        }
    }
}
