/**
 * The peer's half of WAMP: {@link dev.carillon.client.WampSession} as applications see it, and the engine behind it, which
 * keeps requests, subscriptions and registrations over any {@link dev.carillon.client.Connection}. Imports
 * {@code protocol} and {@code serializer}; JSON-B is seen by {@link dev.carillon.client.JsonbMapping} only.
 *
 * <p>WAMP v2 Basic Profile, "Publish and Subscribe" and "Remote Procedure Calls", from the client's side.
 */
@NullMarked
package dev.carillon.client;

import org.jspecify.annotations.NullMarked;
