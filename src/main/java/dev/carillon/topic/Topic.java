package dev.carillon.topic;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Declares a CDI bean as the {@link TopicHandler} of the topics that a pattern describes.
 *
 * <p>The pattern is a topic URI in which a component, or a part of it, may be a placeholder, as in
 * {@code jakarta.ws.rs.Path}: <code>orders/{id}</code> matches any text without {@code /} and {@code .},
 * <code>orders/{id: \d+}</code> what the regular expression says. A topic that no handler declares is refused.
 */
@Documented
@Qualifier
@Retention(RUNTIME)
@Target(TYPE)
public @interface Topic {

    /** The pattern of the topics; without placeholders it is one topic. */
    @Nonbinding
    String value();

    /** Whether visitors, who are not logged in, may subscribe too; the handler is asked about them all the same. */
    @Nonbinding
    boolean visitors() default false;

    /** What becomes of an event for a receiver that reads too slowly to have room for it. */
    @Nonbinding
    WhenFull whenFull() default WhenFull.DISCONNECT;

    /** To look up all handlers, whatever their pattern. */
    final class Any extends AnnotationLiteral<Topic> implements Topic {
        private static final long serialVersionUID = 1L;

        @Override
        public String value() {
            return "";
        }

        @Override
        public boolean visitors() {
            return false;
        }

        @Override
        public WhenFull whenFull() {
            return WhenFull.DISCONNECT;
        }
    }
}
