package dev.carillon.client;

import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A request that the router has not answered. Both ends run on the thread that the answer comes on, before any later
 * message is looked at: they are short, and leave it to the future to complete elsewhere.
 *
 * @param answer what the router says if it grants the request
 * @param what the request in words, for an exception
 */
record PendingRequest(
        MessageCode answer, String what, Consumer<Message> granted, Consumer<Supplier<RuntimeException>> refused) {}
