package dev.carillon.protocol;

/** A message of a client that the router answers, with an ERROR if need be. Basic Profile, "IDs" and "ERROR". */
public sealed interface Request extends Message permits Publish, Subscribe, Unsubscribe, Call, Register, Unregister {

    RequestId request();
}
