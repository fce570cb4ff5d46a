package dev.carillon.protocol;

/** Takes the elements of a message in wire order. */
public interface MessageWriter {

    MessageWriter integer(long value);

    MessageWriter string(String value);

    MessageWriter dict(Dict value);

    /** The last of a message's elements: nothing, arguments, or arguments and keyword arguments. */
    void payload(Payload payload);

    default MessageWriter uri(Uri uri) {
        return string(uri.value());
    }
}
