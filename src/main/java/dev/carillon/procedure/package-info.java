/**
 * Methods of beans as WAMP procedures: {@link dev.carillon.procedure.Procedure} names one,
 * {@link dev.carillon.procedure.Caller} tells who calls. Found and checked at deployment, called over a session in process.
 * Imports {@code router} and below, and {@code client}.
 *
 * <p>WAMP v2 Basic Profile, "Remote Procedure Calls"; Jakarta Annotations 2.1, security; Jakarta Validation 3.0, method
 * constraints.
 */
@NullMarked
package dev.carillon.procedure;

import org.jspecify.annotations.NullMarked;
