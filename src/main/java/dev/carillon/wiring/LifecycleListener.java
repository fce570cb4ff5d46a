package dev.carillon.wiring;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link Lifecycle} of the application's start and end. It adds itself behind the listeners that annotations and
 * web.xml name, and so behind the container's own, which closes all sockets: listeners hear of the end in reverse order,
 * and GOODBYE must come before that. (Seen on Undertow: as a {@code @WebListener} it came too late.)
 */
public class LifecycleListener implements ServletContainerInitializer, ServletContextListener {

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
        context.addListener(this);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        lifecycle().start(event.getServletContext().getContextPath());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        lifecycle().stop();
    }

    private static Lifecycle lifecycle() {
        return CDI.current().select(Lifecycle.class).get();
    }
}
