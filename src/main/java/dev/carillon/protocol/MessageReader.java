package dev.carillon.protocol;

/**
 * The elements of one received message, read in wire order. Every method throws {@link ProtocolViolation} when the next
 * element is missing or of another type; {@code name} is what the element is called in that sentence.
 */
public interface MessageReader {

    /** The largest id: 2^53. Basic Profile, "IDs". */
    long MAX_ID = 1L << 53;

    /** An integer, written as one: neither {@code 1.0} nor {@code 1e3} is. */
    long integer(String name);

    String string(String name);

    Dict dict(String name);

    /** What is left of the message: {@code [Arguments|list [, ArgumentsKw|dict]]}, kept as it was received. */
    Payload payload();

    /** An integer from 1 to 2^53. */
    default long id(String name) {
        long id = integer(name);
        if (id < 1 || id > MAX_ID) {
            throw new ProtocolViolation(name + " " + id + " is not an id: ids are integers from 1 to 2^53");
        }
        return id;
    }

    /** An id, or 0 where nothing was asked for. */
    default long idOrZero(String name) {
        long id = integer(name);
        if (id < 0 || id > MAX_ID) {
            throw new ProtocolViolation(name + " " + id + " is neither an id nor 0");
        }
        return id;
    }

    /** A string; whether it is a legal URI is for its reader to say, since the answer to an illegal one differs. */
    default Uri uri(String name) {
        return new Uri(string(name));
    }
}
