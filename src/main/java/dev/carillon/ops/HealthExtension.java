package dev.carillon.ops;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Makes the health checks beans where MicroProfile Health is; elsewhere nobody even loads them. */
public class HealthExtension implements Extension {

    private static final System.Logger LOG = System.getLogger(HealthExtension.class.getName());

    void addChecks(@Observes BeforeBeanDiscovery discovery, BeanManager beans) {
        try {
            Class.forName("org.eclipse.microprofile.health.HealthCheck", false, HealthExtension.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            LOG.log(DEBUG, "no MicroProfile Health here: no health checks");
            return;
        }
        Checks.addTo(discovery, beans);
    }

    /** A class of its own, so that it need not be loaded where the API is not there. */
    private static final class Checks {
        static void addTo(BeforeBeanDiscovery discovery, BeanManager beans) {
            add(discovery, beans, RouterReadiness.class);
            add(discovery, beans, RouterLiveness.class);
        }

        private static <T> void add(BeforeBeanDiscovery discovery, BeanManager beans, Class<T> check) {
            discovery.addAnnotatedType(beans.createAnnotatedType(check), check.getName());
        }
    }
}
