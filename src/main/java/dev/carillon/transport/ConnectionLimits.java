package dev.carillon.transport;

/**
 * How many connections may be open, whatever is said over them; 0 for any number.
 *
 * @param total each takes about 10 KB of heap when it is idle, and a file descriptor; ten thousand are what a small server
 *     bears
 * @param perAddress half of them: a company, or a proxy that does not say who is behind it, is one address, and no one
 *     address must be able to take all
 */
public record ConnectionLimits(int total, int perAddress) {

    public static final ConnectionLimits DEFAULT = new ConnectionLimits(10_000, 5_000);

    public static final ConnectionLimits NONE = new ConnectionLimits(0, 0);
}
