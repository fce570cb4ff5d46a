package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import dev.carillon.support.Chromium;
import dev.carillon.support.FaultyNetwork;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a page misses while its network is down comes when it is up again. Numbers are published 50 times a second, 1, 2,
 * 3 and so on, and the page notes what it is given. Chromium reaches the server by a network that fails when told to.
 */
class ReplayIT {

    private static final int PORT_OFFSET = Integer.getInteger("test.port.offset", 1300) + 600;
    private static final Path WAR = Path.of(System.getProperty("basedir", ""), "target", "carillon.war");

    private static final long MILLISECONDS_BETWEEN = 20;
    private static final int AT_MOST = 1500;
    private static final int DROPS = 4;
    private static final Duration DROP = Duration.ofSeconds(2);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(3);

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final double PATIENCE_MILLISECONDS = 30_000;

    private static Chromium chromium;
    private static WildFlyServer server;

    private FaultyNetwork network;
    private BrowserContext context;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        server = WildFlyServer.start(
                "replay",
                WAR,
                PORT_OFFSET,
                Map.of(
                        "carillon.open", "true",
                        "carillon.history", "prefix long/ keep 3000; prefix short/ keep 20",
                        "carillon.ping.interval", "PT1S",
                        "carillon.ping.timeout", PING_TIMEOUT.toString()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        network = new FaultyNetwork(server.http());
        context = chromium.browser().newContext();
        context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    }

    @AfterEach
    void close() throws Exception {
        context.close();
        network.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyEventComesOnceAndInOrderThroughDropsOfTwoSeconds(boolean shared) throws Exception {
        String topic = "long/" + (shared ? "shared" : "own");
        List<Page> tabs = List.of(listening(topic, shared), listening(topic, shared));
        assertThat(session(tabs.get(0)).equals(session(tabs.get(1))))
                .as("one session")
                .isEqualTo(shared);
        int last;
        try (Numbers numbers = new Numbers(topic)) {
            for (int drop = 1; drop <= DROPS; drop++) {
                network.goesDown();
                Thread.sleep(DROP.toMillis());
                network.comesUp();
                awaitRestored(tabs, drop);
                numbers.awaitMore(25);
            }
            last = numbers.stop();
        }
        assertThat(last).as("numbers published").isGreaterThan(DROPS * 100);
        for (Page tab : tabs) {
            awaitNumber(tab, last);
            assertThat(heard(tab)).isEqualTo(numbers(1, last));
        }
    }

    @Test
    void aHistoryThatIsTooShortIsAGapAndThenNothingIsMissing() throws Exception {
        Page page = listening("short/own", false);
        int last;
        try (Numbers numbers = new Numbers("short/own")) {
            awaitNumber(page, numbers.awaitMore(25)); // published is not heard
            network.goesDown();
            Thread.sleep(DROP.toMillis());
            network.comesUp();
            awaitRestored(List.of(page), 1);
            numbers.awaitMore(25);
            last = numbers.stop();
        }
        awaitNumber(page, last);
        List<Object> heard = heard(page);
        int gap = heard.indexOf("gap");
        assertThat(heard.subList(0, gap)).hasSizeGreaterThanOrEqualTo(25).isEqualTo(numbers(1, gap));
        int next = (int) heard.get(gap + 1);
        assertThat(next).as("the first number behind the gap").isGreaterThan(gap + 20);
        assertThat(heard.subList(gap + 1, heard.size())).isEqualTo(numbers(next, last));
        assertThat(page.evaluate("behindTheGap"))
                .as("events from where the gap ends")
                .isEqualTo(1);
    }

    @Test
    void aPositionThatWasRenderedClosesTheGapBeforeTheSubscription() throws Exception {
        Page page = page();
        String rendered;
        try (Numbers numbers = new Numbers("long/rendered")) {
            rendered = positionOf(page, "long/rendered");
            int before = numbers.awaitMore(10);
            listen(page, "long/rendered", false, rendered);
            int last = numbers.stop();
            awaitNumber(page, last);
            List<Object> heard = heard(page);
            int first = (int) heard.get(0);
            assertThat(first).isLessThan(before);
            assertThat(heard).isEqualTo(numbers(first, last));
        }
    }

    @Test
    void aNetworkThatIsSilentForAWhileLosesNothingAndNoSession() throws Exception {
        Page page = listening("long/silent", false);
        Object session = session(page);
        try (Numbers numbers = new Numbers("long/silent")) {
            numbers.awaitMore(10);
            network.fallsSilent();
            numbers.awaitMore(25);
            network.speaksAgain();
            awaitNumber(page, numbers.stop());
            assertThat(heard(page)).isEqualTo(numbers(1, numbers.last()));
        }
        assertThat(session(page)).isEqualTo(session);
    }

    /** The server gives the session up; the page learns of that, at the latest, when the network speaks again. */
    @Test
    void aNetworkThatIsSilentForTooLongIsAnOutageLikeOthers() throws Exception {
        Page page = listening("long/stalled", false);
        Object session = session(page);
        try (Numbers numbers = new Numbers("long/stalled")) {
            numbers.awaitMore(10);
            network.fallsSilent();
            Thread.sleep(PING_TIMEOUT.multipliedBy(2).toMillis());
            network.speaksAgain();
            awaitRestored(List.of(page), 1);
            awaitNumber(page, numbers.stop());
            assertThat(heard(page)).isEqualTo(numbers(1, numbers.last()));
        }
        assertThat(session(page)).isNotEqualTo(session);
    }

    /** A page of the application's origin that is nothing but a place for scripts. */
    private Page page() {
        Page page = context.newPage();
        page.navigate(
                network.address(server.http()).resolve("carillon/carillon.js").toString());
        return page;
    }

    private Page listening(String topic, boolean shared) {
        Page page = page();
        listen(page, topic, shared, null);
        return page;
    }

    /** Subscribes, and notes numbers and gaps in {@code heard}; {@code restored} counts the outages that are over. */
    private static void listen(Page page, String topic, boolean shared, String after) {
        page.evaluate("""
                async ([topic, shared, after]) => {
                  const { connect } = await import(location.href);
                  Object.assign(window, { heard: [], restored: 0, behindTheGap: null });
                  window.carillon = connect({
                    realm: 'realm1', anonymous: true, shared, retry: { first: 200, cap: 500 }, connectTimeout: 5000,
                  });
                  carillon.addEventListener('restored', () => { restored++; });
                  let gap = null;
                  const sequence = position => Number(position.split(':')[1]);
                  await carillon.subscribe(topic, ({ payload, position }) => {
                    heard.push(payload);
                    if (gap !== null) behindTheGap = sequence(position) - sequence(gap);
                    gap = null;
                  }, {
                    after,
                    onGap: ({ position }) => {
                      heard.push('gap');
                      gap = position;
                    },
                  });
                }
                """, Arrays.asList(topic, shared, after));
    }

    private static String positionOf(Page page, String topic) {
        return (String) page.evaluate("""
                async topic => {
                  const { connect } = await import(location.href);
                  const carillon = connect({ realm: 'realm1', anonymous: true });
                  const position = await new Promise(resolve =>
                    carillon.subscribe(topic, event => resolve(event.position)));
                  await carillon.close();
                  return position;
                }
                """, topic);
    }

    private static Object session(Page page) {
        return page.evaluate("carillon.sessionId");
    }

    private static void awaitRestored(List<Page> pages, int times) {
        pages.forEach(page -> await(page, "restored >= " + times));
    }

    private static void awaitNumber(Page page, int number) {
        await(page, "heard.includes(" + number + ")");
    }

    private static void await(Page page, String condition) {
        page.waitForFunction(condition, null, new WaitForFunctionOptions().setTimeout(PATIENCE_MILLISECONDS));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> heard(Page page) {
        return new ArrayList<>((List<Object>) page.evaluate("heard"));
    }

    private static List<Object> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .<Object>mapToObj(number -> number)
                .toList();
    }

    /** Publishes 1, 2, 3 ... to a topic, at the server and not over the network that fails. */
    private static final class Numbers implements AutoCloseable {

        private final RawWebSocket publisher;
        private final String topic;
        private final AtomicInteger published = new AtomicInteger();
        private final Thread thread = new Thread(this::publish, "numbers");
        private volatile boolean stopped;

        Numbers(String topic) {
            this.topic = topic;
            this.publisher = RawWebSocket.join(server.webSocket("wamp"), "realm1");
            thread.setDaemon(true);
            thread.start();
        }

        private void publish() {
            try {
                while (!stopped && published.get() < AT_MOST) {
                    int number = published.incrementAndGet();
                    String answer = publisher
                            .says("[16," + number + ",{'acknowledge':true},'" + topic + "',[" + number + "]]")
                            .hears();
                    assertThat(answer).startsWith("[17," + number + ",");
                    Thread.sleep(MILLISECONDS_BETWEEN);
                }
            } catch (InterruptedException over) {
                // Nobody waits for more.
            }
        }

        int last() {
            return published.get();
        }

        /** Returns the last one published then. */
        int awaitMore(int count) throws InterruptedException {
            int until = published.get() + count;
            long deadline = System.nanoTime()
                    + Duration.ofMillis((long) PATIENCE_MILLISECONDS).toNanos();
            while (published.get() < until) {
                assertThat(thread.isAlive() && System.nanoTime() < deadline)
                        .as("still publishing after %s", published)
                        .isTrue();
                Thread.sleep(MILLISECONDS_BETWEEN);
            }
            return published.get();
        }

        /** Returns the last one published at all. */
        int stop() throws InterruptedException {
            stopped = true;
            thread.join((long) PATIENCE_MILLISECONDS);
            return published.get();
        }

        @Override
        public void close() throws InterruptedException {
            stop();
            publisher.close();
        }
    }
}
