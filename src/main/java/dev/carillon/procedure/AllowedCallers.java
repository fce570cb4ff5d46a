package dev.carillon.procedure;

import dev.carillon.security.Identity;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whom the annotations of a method let call it. Those of the method count before those of the class that declares it,
 * and those before the ones of the bean's own class.
 */
sealed interface AllowedCallers {

    boolean allow(Identity who);

    /** {@code @PermitAll}: visitors too. */
    record Everybody() implements AllowedCallers {
        @Override
        public boolean allow(Identity who) {
            return true;
        }
    }

    /** {@code @DenyAll}: only the application itself. */
    record Nobody() implements AllowedCallers {
        @Override
        public boolean allow(Identity who) {
            return false;
        }
    }

    /** No annotation: whoever has said who he is. */
    record LoggedIn() implements AllowedCallers {
        @Override
        public boolean allow(Identity who) {
            return !who.isVisitor();
        }
    }

    /** {@code @RolesAllowed}; {@value #ANY} stands for whoever is logged in, as in Jakarta Servlet. */
    record InRole(Set<String> roles) implements AllowedCallers {
        static final String ANY = "**";

        @Override
        public boolean allow(Identity who) {
            return roles.stream().anyMatch(who::isInRole) || roles.contains(ANY) && new LoggedIn().allow(who);
        }
    }

    /** @throws IllegalArgumentException if one place has two of the annotations; the message says which */
    static AllowedCallers of(List<AnnotatedElement> nearestFirst) {
        for (AnnotatedElement place : nearestFirst) {
            List<AllowedCallers> said = new ArrayList<>();
            for (Annotation annotation : place.getAnnotations()) {
                if (annotation instanceof RolesAllowed roles) {
                    said.add(new InRole(Set.of(roles.value())));
                } else if (annotation instanceof PermitAll) {
                    said.add(new Everybody());
                } else if (annotation instanceof DenyAll) {
                    said.add(new Nobody());
                }
            }
            if (said.size() > 1) {
                throw new IllegalArgumentException("only one of @RolesAllowed, @PermitAll and @DenyAll can hold");
            }
            if (!said.isEmpty()) {
                return said.get(0);
            }
        }
        return new LoggedIn();
    }
}
