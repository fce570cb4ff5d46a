package dev.carillon.protocol;

/** Names a session. Basic Profile, "IDs", global scope. */
public record SessionId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
