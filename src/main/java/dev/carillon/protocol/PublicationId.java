package dev.carillon.protocol;

/** Names a publication, the same for all its receivers. Basic Profile, "IDs", global scope. */
public record PublicationId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
