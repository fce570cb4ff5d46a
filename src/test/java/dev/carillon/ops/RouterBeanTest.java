package dev.carillon.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.TestRouter;
import dev.carillon.transport.ConnectionLimits;
import dev.carillon.transport.Connections;
import dev.carillon.transport.TransportSettings;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterBeanTest {

    private static final ObjectName NAME = Beans.name("dev.carillon:type=Router,context=\"/shop\"");

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final TestRouter router = TestRouter.open();
    private final List<String> done = new ArrayList<>();
    private final RouterBean bean = new RouterBean(
            router.router(),
            new Connections(TransportSettings.DEFAULT, ConnectionLimits.NONE, InstantSource.system()),
            "/shop",
            () -> done.add("drain"),
            () -> done.add("resume"));

    @BeforeEach
    void register() {
        bean.register();
    }

    @AfterEach
    void unregister() {
        bean.unregister();
        assertThat(server.isRegistered(NAME)).isFalse();
    }

    @Test
    void figuresAreSeenByTheirNamesAndLabels() {
        router.join().says("[16,1,{},'a']");
        RouterMXBean seen = JMX.newMXBeanProxy(server, NAME, RouterMXBean.class);
        assertThat(seen.getSessions()).isEqualTo(1);
        assertThat(seen.getConnections()).isZero();
        assertThat(seen.isAdmitting()).isTrue();
        assertThat(seen.getFigures())
                .containsEntry("carillon.publications{realm=realm1, topic=undeclared}", 1.0)
                .containsEntry("carillon.sessions{realm=realm1}", 1.0);
    }

    @Test
    void operatorsDrainAndResume() {
        RouterMXBean seen = JMX.newMXBeanProxy(server, NAME, RouterMXBean.class);
        seen.drain();
        seen.resume();
        assertThat(done).containsExactly("drain", "resume");
    }
}
