package dev.carillon.topic;

import dev.carillon.metrics.Metrics;
import dev.carillon.topic.Topics.Surroundings;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Proxy;

/** A {@link Topic} qualifier made by hand, and what handlers need around them in a unit test. */
public final class TestTopic extends AnnotationLiteral<Topic> implements Topic {
    private static final long serialVersionUID = 1L;

    /** Without a container there is no JSON-B: handlers that map payloads are tested in WildFly. */
    private static final Jsonb NO_JSONB = (Jsonb) Proxy.newProxyInstance(
            TestTopic.class.getClassLoader(), new Class<?>[] {Jsonb.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    public static final Surroundings SURROUNDINGS =
            new Surroundings(Runnable::run, Runnable::run, NO_JSONB, new Metrics());

    private final String value;
    private final boolean visitors;

    private final WhenFull whenFull;

    private TestTopic(String value, boolean visitors, WhenFull whenFull) {
        this.value = value;
        this.visitors = visitors;
        this.whenFull = whenFull;
    }

    public static Topic of(String value) {
        return new TestTopic(value, false, WhenFull.DISCONNECT);
    }

    public static Topic forVisitors(String value) {
        return new TestTopic(value, true, WhenFull.DISCONNECT);
    }

    public static Topic of(String value, WhenFull whenFull) {
        return new TestTopic(value, false, whenFull);
    }

    @Override
    public String value() {
        return value;
    }

    @Override
    public boolean visitors() {
        return visitors;
    }

    @Override
    public WhenFull whenFull() {
        return whenFull;
    }
}
