package dev.carillon.maintenance;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;

/** Puts the doors into a web application while it is being deployed. */
public final class Gates {

    private static final System.Logger LOG = System.getLogger(Gates.class.getName());

    private Gates() {}

    public static void install(ServletContext context, Maintenance maintenance, MaintenanceSettings settings) {
        ClosedPage page = new ClosedPage(
                template(context, settings),
                InstantSource.system(),
                most -> ThreadLocalRandom.current().nextInt(most));
        Gate gate = new Gate(maintenance, settings, page);
        FilterRegistration.Dynamic filter = context.addFilter("carillon-maintenance", new MaintenanceFilter(gate));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        context.addListener(new KnownLogins());
        if (!isBeforeLogin(context, gate)) {
            LOG.log(
                    INFO,
                    "CAR-825 maintenance: on this server the login comes first; who is not logged in sees that while the"
                            + " application is closed, where pages ask for one");
        }
    }

    private static boolean isBeforeLogin(ServletContext context, Gate gate) {
        try {
            return UndertowGate.install(context, gate);
        } catch (LinkageError notSeen) {
            return false;
        }
    }

    private static String template(ServletContext context, MaintenanceSettings settings) {
        return settings.page().map(path -> read(context, path)).orElseGet(ClosedPage::standard);
    }

    private static String read(ServletContext context, String path) {
        try (InputStream page = context.getResourceAsStream(path)) {
            if (page != null) {
                return new String(page.readAllBytes(), StandardCharsets.UTF_8);
            }
            LOG.log(
                    WARNING,
                    "CAR-826 carillon.maintenance.page: the application has no {0}; another page is shown",
                    path);
        } catch (IOException unreadable) {
            LOG.log(WARNING, "CAR-826 carillon.maintenance.page: " + path + " cannot be read", unreadable);
        }
        return ClosedPage.standard();
    }
}
