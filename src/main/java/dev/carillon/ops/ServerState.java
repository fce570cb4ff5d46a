package dev.carillon.ops;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.AttributeChangeNotification;
import javax.management.AttributeChangeNotificationFilter;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * Hears of WildFly's suspend and resume, by its MBean {@value #WILDFLY}; other servers have none. The MBean tells of a
 * change on the thread that makes it, and of {@code suspending} before anything of the server has been suspended: until
 * this returns, sockets stay open and requests are served. ADR 0018 says what else was looked at.
 */
public final class ServerState implements NotificationListener {

    private static final System.Logger LOG = System.getLogger(ServerState.class.getName());

    private static final String WILDFLY = "jboss.root:type=state";

    private static final String ATTRIBUTE = "RunningState";

    private static final Set<String> GOING = Set.of("pre-suspend", "suspending");

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;
    private final Runnable going;
    private final Runnable back;

    /**
     * @param going called when the server is about to be suspended, or stopped; it may take its time
     * @param back called when the server is in its normal state again
     */
    public ServerState(Runnable going, Runnable back) {
        this(WILDFLY, going, back);
    }

    ServerState(String name, Runnable going, Runnable back) {
        this.name = Beans.name(name);
        this.going = going;
        this.back = back;
    }

    /**
     * Does nothing on servers that have no such MBean. What the state is now is not asked: a server that starts, or has
     * been started suspended, is so until it says that it is not, and lets nobody in by itself.
     */
    public void listen() {
        AttributeChangeNotificationFilter filter = new AttributeChangeNotificationFilter();
        filter.enableAttribute(ATTRIBUTE);
        try {
            server.addNotificationListener(name, this, filter, null);
        } catch (InstanceNotFoundException anotherServer) {
            LOG.log(DEBUG, "this server has no {0}: it is drained by the MXBean only", name);
        }
    }

    public void forget() {
        try {
            server.removeNotificationListener(name, this);
        } catch (JMException notThere) {
            LOG.log(DEBUG, "the server did not tell us of its state: {0}", notThere.toString());
        }
    }

    /** Never throws: the server would go on, but its log would not say whose fault it was. */
    @Override
    public void handleNotification(Notification notification, Object handback) {
        String state = String.valueOf(((AttributeChangeNotification) notification).getNewValue());
        try {
            if (GOING.contains(state)) {
                going.run();
            } else if (state.equals("normal")) {
                back.run();
            }
        } catch (RuntimeException failure) {
            LOG.log(ERROR, "CAR-665 peers could not be told that the server is " + state, failure);
        }
    }
}
