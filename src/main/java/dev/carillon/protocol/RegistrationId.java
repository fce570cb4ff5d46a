package dev.carillon.protocol;

/** Names a callee's registration of a procedure. Basic Profile, "IDs", router scope. */
public record RegistrationId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
