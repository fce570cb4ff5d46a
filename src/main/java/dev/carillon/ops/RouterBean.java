package dev.carillon.ops;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.metrics.Metrics;
import dev.carillon.metrics.Sample;
import dev.carillon.router.Router;
import dev.carillon.transport.Connections;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Shows a router in JMX, which every server has. */
public final class RouterBean implements RouterMXBean {

    private static final System.Logger LOG = System.getLogger(RouterBean.class.getName());

    private final Router router;
    private final Connections connections;
    private final Runnable drain;
    private final Runnable resume;
    private final ObjectName name;

    /**
     * @param context the application's context path, by which the routers of a server are told apart
     * @param drain {@link Drain#begin}, in the context of the application
     * @param resume {@link Drain#end}, likewise
     */
    public RouterBean(Router router, Connections connections, String context, Runnable drain, Runnable resume) {
        this.router = router;
        this.connections = connections;
        this.drain = drain;
        this.resume = resume;
        this.name = Beans.name("dev.carillon:type=Router,context=" + ObjectName.quote(context));
    }

    /** Without it the router works as well: a name that is taken is no reason not to be deployed. */
    public void register() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(this, RouterMXBean.class, true), name);
        } catch (JMException refused) {
            LOG.log(WARNING, "CAR-666 the router is not shown in JMX as " + name, refused);
        }
    }

    public void unregister() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException notThere) {
            LOG.log(WARNING, "CAR-667 {0} could not be taken out of JMX: {1}", name, notThere.toString());
        }
    }

    @Override
    public boolean isAdmitting() {
        return router.isAdmitting();
    }

    @Override
    public int getConnections() {
        return connections.size();
    }

    @Override
    public long getSessions() {
        Metrics.Snapshot counted = router.metrics().snapshot();
        return counted.sessionsJoined() - counted.sessionsLeft();
    }

    @Override
    public Map<String, Double> getFigures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Sample sample : router.metrics().samples()) {
            String labels = sample.labels().isEmpty() ? "" : sample.labels().toString();
            figures.put(sample.name() + labels, sample.value());
        }
        return figures;
    }

    @Override
    public void drain() {
        drain.run();
    }

    @Override
    public void resume() {
        resume.run();
    }
}
