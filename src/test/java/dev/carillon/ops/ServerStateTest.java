package dev.carillon.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.AttributeChangeNotification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an MBean that tells what WildFly's tells; OperationsIT has the real one. */
class ServerStateTest {

    private static final ObjectName NAME = Beans.name("dev.carillon.test:type=state");

    private final Server server = new Server();
    private final List<String> heard = new ArrayList<>();
    private final ServerState state =
            new ServerState(NAME.toString(), () -> heard.add("going"), () -> heard.add("back"));

    public interface ServerMBean {}

    private static final class Server extends NotificationBroadcasterSupport implements ServerMBean {
        void changes(String attribute, String before, String now) {
            sendNotification(
                    new AttributeChangeNotification(NAME, 1, 0, "", attribute, "java.lang.String", before, now));
        }
    }

    @BeforeEach
    void register() throws Exception {
        ManagementFactory.getPlatformMBeanServer().registerMBean(server, NAME);
        state.listen();
    }

    @AfterEach
    void unregister() throws Exception {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(NAME);
    }

    @Test
    void aServerThatIsAboutToBeSuspendedIsLeftBeforeItGoesOn() {
        server.changes("RunningState", "normal", "pre-suspend");
        assertThat(heard).containsExactly("going"); // on this very thread
        server.changes("RunningState", "suspended", "normal");
        assertThat(heard).containsExactly("going", "back");
    }

    @Test
    void whatElseTheServerTellsDoesNotMatter() {
        server.changes("RuntimeConfigurationState", "ok", "suspending");
        server.changes("RunningState", "starting", "suspended");
        assertThat(heard).isEmpty();
    }

    @Test
    void behindTheEndNothingIsHeard() {
        state.forget();
        server.changes("RunningState", "normal", "suspending");
        assertThat(heard).isEmpty();
    }

    @Test
    void aServerWithoutSuchAnMBeanIsNotHeardOf() {
        ServerState elsewhere = new ServerState("dev.carillon.test:type=nothing", () -> {}, () -> {});
        elsewhere.listen();
        elsewhere.forget();
    }
}
