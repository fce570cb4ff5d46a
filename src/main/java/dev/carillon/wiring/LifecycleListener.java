package dev.carillon.wiring;

import dev.carillon.procedure.Procedure;
import dev.carillon.procedure.ProcedureDiscovery;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link Lifecycle} of the application's start and end. It adds itself behind the listeners that annotations and
 * web.xml name, and so behind the container's own, which closes all sockets: listeners hear of the end in reverse order,
 * and GOODBYE must come before that. (Seen on Undertow: as a {@code @WebListener} it came too late.)
 */
@HandlesTypes(Procedure.class)
public class LifecycleListener implements ServletContainerInitializer, ServletContextListener {

    /** @param types with {@code @Procedure} methods, whether CDI knows them or not; null if there are none */
    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
        List<String> problems = CDI.current()
                .getBeanManager()
                .getExtension(ProcedureDiscovery.class)
                .withoutBean(types);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        // Whoever asks for the router opens them, but the servlet container would bury the reason why that fails.
        CDI.current().select(RealmHistories.class).get();
        maintenance().installGates(context);
        context.addListener(this);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        String contextPath = event.getServletContext().getContextPath();
        lifecycle().start(contextPath);
        operations().start(contextPath);
        maintenance().start(contextPath);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        operations().stop();
        lifecycle().stop();
    }

    private static MaintenanceWiring maintenance() {
        return CDI.current().select(MaintenanceWiring.class).get();
    }

    private static Operations operations() {
        return CDI.current().select(Operations.class).get();
    }

    private static Lifecycle lifecycle() {
        return CDI.current().select(Lifecycle.class).get();
    }
}
