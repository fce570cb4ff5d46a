package dev.carillon.it.badprocedures;

import dev.carillon.procedure.Procedure;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.Future;

/** Class after class. */
public final class Mistakes {

    private Mistakes() {}

    @ApplicationScoped
    public static class Uris {
        @Procedure("orders..total")
        public void empty() {}

        @Procedure("wamp.total")
        public void reserved() {}

        @Procedure("orders.same")
        public void one() {}
    }

    @Dependent
    public static class Methods {
        @Procedure("orders.same")
        public void other() {}

        @Procedure("methods.private")
        private void hidden() {}

        @Procedure("methods.static")
        public static void ofTheClass() {}

        @Procedure("methods.future")
        public Future<String> future() {
            throw new IllegalStateException("never called");
        }

        @Procedure("methods.rights")
        @PermitAll
        @DenyAll
        public void contradiction() {}
    }

    @ApplicationScoped
    public static class Proxied {
        @Procedure("proxied.final")
        public final void last() {}
    }

    @ApplicationScoped
    public abstract static class Unfinished {
        @Procedure("abstract.method")
        public abstract void nobodyWritesIt();
    }
}
