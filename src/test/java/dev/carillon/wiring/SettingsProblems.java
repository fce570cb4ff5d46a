package dev.carillon.wiring;

import java.util.Map;
import java.util.stream.Stream;

/** What Carillon says of settings that somebody has written. */
public final class SettingsProblems {

    private SettingsProblems() {}

    /** Values that are not legal, in sentences, and keys that do not exist. */
    public static Stream<String> of(Map<String, String> settings) {
        SettingsReader reader = new SettingsReader(new SettingsReaderTest.InMemory(settings));
        CarillonSettings.read(reader);
        return Stream.concat(
                reader.problems().stream(), reader.unknown().stream().map(key -> key + " does not exist"));
    }
}
