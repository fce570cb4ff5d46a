package dev.carillon.matching;

import dev.carillon.protocol.Uri;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to find the one pattern of many that a URI matches. The hashes of whole URIs are known already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatchBenchmark {

    /** A power of two. */
    private static final int URIS = 4096;

    @Param
    MatchPolicy policy;

    @Param({"10", "1000", "100000"})
    int patterns;

    private final UriIndex<Integer> index = new UriIndex<>();
    private final Uri[] uris = new Uri[URIS];
    private int next;

    @Setup
    public void fill() {
        Random random = new Random(1);
        for (int i = 0; i < patterns; i++) {
            Integer value = i;
            index.computeIfAbsent(new UriPattern(policy, new Uri(text(i))), pattern -> value);
        }
        for (int i = 0; i < URIS; i++) {
            uris[i] = matchedBy(random.nextInt(patterns));
        }
    }

    private String text(int number) {
        String order = "com.example.shop" + number % 100 + ".order" + number;
        return switch (policy) {
            case EXACT -> order + ".shipped";
            case PREFIX -> order + '.';
            case WILDCARD -> order + "..shipped";
        };
    }

    private Uri matchedBy(int number) {
        String pattern = text(number);
        return new Uri(
                switch (policy) {
                    case EXACT -> pattern;
                    case PREFIX -> pattern + "item7.shipped";
                    case WILDCARD -> pattern.replace("..", ".item7.");
                });
    }

    @Benchmark
    public void match(Blackhole found) {
        next = next + 1 & URIS - 1;
        index.forEachMatch(uris[next], found::consume);
    }
}
