package dev.carillon.ops;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Names of MBeans. */
final class Beans {

    private Beans() {}

    /** @throws IllegalArgumentException if it is none */
    static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException malformed) {
            throw new IllegalArgumentException(text + " is not the name of an MBean", malformed);
        }
    }
}
