package dev.carillon.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.metrics.Metrics;
import dev.carillon.metrics.Sample;
import dev.carillon.support.TestRouter;
import dev.carillon.transport.ConnectionLimits;
import dev.carillon.transport.Connections;
import dev.carillon.transport.TransportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's table of meters has each that there is, with its kind and tags, and no other. */
class MetricsGuideTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(carillon\\.[a-z.]+)` \\| (\\w+) \\|([^|]*)\\|");

    @Test
    void theGuideListsEveryMeter() throws IOException {
        String page =
                Files.readString(Path.of(System.getProperty("basedir", ""), "src/site/markdown/guide/operations.md"));
        Set<String> told =
                ROW.matcher(page).results().map(MetricsGuideTest::row).collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(made());
    }

    private static String row(MatchResult row) {
        Set<String> tags = Pattern.compile("\\w+")
                .matcher(row.group(3))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        return row.group(1) + " " + row.group(2) + " " + tags;
    }

    private static Set<String> made() {
        TestRouter router = TestRouter.open();
        router.join().says("[16,1,{},'a']");
        Metrics metrics = router.router().metrics();
        metrics.refused("any");
        metrics.ended("any");
        metrics.notificationDropped("any");
        metrics.handler("any").add(1);
        metrics.measure(
                new Connections(TransportSettings.DEFAULT, ConnectionLimits.NONE, InstantSource.system())::samples);
        return metrics.samples().stream().map(MetricsGuideTest::row).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String row(Sample sample) {
        return sample.name() + " " + sample.kind().name().toLowerCase(Locale.ROOT) + " "
                + new TreeSet<>(sample.labels().keySet());
    }
}
