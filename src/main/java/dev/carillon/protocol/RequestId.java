package dev.carillon.protocol;

/** Numbers the requests of one peer within its session; the answer carries the same. Basic Profile, "IDs", session scope. */
public record RequestId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
