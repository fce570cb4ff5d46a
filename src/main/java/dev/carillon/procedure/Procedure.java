package dev.carillon.procedure;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Serves a public method of a CDI bean or session bean as a WAMP procedure, in every realm.
 *
 * <pre>{@code
 * @Procedure("orders.total")
 * @RolesAllowed("sales")
 * public BigDecimal total(long customer) { ... }
 * }</pre>
 *
 * <p>Arguments are mapped to the parameters by JSON-B, the positional ones in order, the others by name; the result
 * becomes one positional argument, that of a {@link java.util.concurrent.CompletionStage} when it is there. A parameter
 * that is an {@link java.util.Optional} may be left out. {@code @RolesAllowed}, {@code @PermitAll} and {@code @DenyAll}
 * are enforced before anything else happens; without one of them, whoever is logged in may call. {@link ProcedureError}
 * tells the caller what went wrong; any other exception is told to the log.
 */
@Documented
@Retention(RUNTIME)
@Target(METHOD)
public @interface Procedure {

    /** The URI of the procedure, such as {@code orders.total}. */
    String value();

    /**
     * The roles that may call, in place of {@code @RolesAllowed}: for session beans, whose container would enforce that
     * annotation itself, against a caller that it knows nothing of.
     */
    String[] roles() default {};

    /**
     * Whether the method's thread is interrupted when the caller cancels the call, leaves, or its time is over. It is not,
     * unless you say so: some drivers close a database when an interrupt meets them.
     */
    boolean interruptible() default false;
}
