package dev.carillon.demo;

import dev.carillon.notification.Notification;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A small exchange: once a second a timer moves the prices, and every page that shows one sees it. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // nothing here could be rolled back
public class Exchange {

    /** How many prices of each thing a page is shown when it opens: two minutes. */
    private static final int REMEMBERED = 120;

    private static final long MILLISECONDS_BETWEEN = 1000;

    /** The same walk at each start, so that the demo looks alike each time. */
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20);

    private final Map<String, Deque<Price>> prices = new LinkedHashMap<>(); // guarded by this

    private final Event<Notification> notifications;

    @Resource
    private TimerService timers;

    @Inject
    public Exchange(Event<Notification> notifications) {
        this.notifications = notifications;
    }

    /** For the container's proxy only. */
    protected Exchange() {
        this(null);
    }

    @PostConstruct
    synchronized void open() {
        Map.of("copper", 8412.0, "barley", 214.5, "tea", 31.8, "saffron", 77.25)
                .forEach((symbol, first) ->
                        prices.put(symbol, new ArrayDeque<>(List.of(new Price(symbol, first, Instant.now())))));
        for (int second = 1; second < REMEMBERED; second++) {
            Instant then = Instant.now().minusSeconds(REMEMBERED - (long) second);
            prices.values().forEach(known -> move(known, then));
        }
        timers.createIntervalTimer(MILLISECONDS_BETWEEN, MILLISECONDS_BETWEEN, new TimerConfig(null, false));
    }

    @Timeout
    void tick() {
        for (Price price : moved()) {
            notifications.fire(Notification.to("prices/" + price.symbol()).with(price));
        }
    }

    private synchronized List<Price> moved() {
        return prices.values().stream().map(known -> move(known, Instant.now())).toList();
    }

    private Price move(Deque<Price> known, Instant when) {
        Price last = known.getLast();
        double step = last.value() * random.nextGaussian() * 0.0015;
        Price next = new Price(last.symbol(), Math.max(0.01, Math.round((last.value() + step) * 100) / 100.0), when);
        known.addLast(next);
        if (known.size() > REMEMBERED) {
            known.removeFirst();
        }
        return next;
    }

    /** The last two minutes of each thing that is traded, oldest first. */
    public synchronized Map<String, List<Price>> lately() {
        Map<String, List<Price>> copy = new LinkedHashMap<>();
        prices.keySet().stream().sorted().forEach(symbol -> copy.put(symbol, List.copyOf(prices.get(symbol))));
        return copy;
    }
}
