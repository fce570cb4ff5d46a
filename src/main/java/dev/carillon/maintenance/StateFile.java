package dev.carillon.maintenance;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.maintenance.MaintenanceStatus.State;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a state that is not open in a file; there is none while it is open. Neither a disk that is full nor a file that
 * cannot be read keeps an administrator from closing and opening: the log says what that means.
 */
final class StateFile {

    private static final System.Logger LOG = System.getLogger(StateFile.class.getName());

    /** Nothing is kept. */
    static final StateFile NONE = new StateFile(null);

    private final @Nullable Path path;

    StateFile(@Nullable Path path) {
        this.path = path;
    }

    /**
     * Empty if there is no file. One that cannot be read means closed: somebody has closed the application, and to let
     * users in must be somebody's decision.
     */
    Optional<MaintenanceStatus> read() {
        if (path == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(Files.readString(path)));
        } catch (NoSuchFileException open) {
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            LOG.log(
                    ERROR,
                    "CAR-823 the file " + path + " cannot be read, so that the application is closed: unlock it to"
                            + " open it, which deletes the file",
                    unreadable);
            return Optional.of(new MaintenanceStatus(State.CLOSED, "", null, null, null, null));
        }
    }

    void write(MaintenanceStatus status) {
        if (path == null) {
            return;
        }
        try {
            if (status.isOpen()) {
                Files.deleteIfExists(path);
            } else {
                replace(path, json(status));
            }
        } catch (IOException | RuntimeException failure) {
            LOG.log(
                    WARNING,
                    "CAR-824 the state '" + status.state().inWords() + "' could not be kept in " + path
                            + ": it counts now, and is forgotten when the application stops; carillon.maintenance.file"
                            + " can name another place",
                    failure);
        }
    }

    /** All of it or nothing, also if the machine is switched off meanwhile. */
    private static void replace(Path path, String text) throws IOException {
        Path directory = Files.createDirectories(path.toAbsolutePath().getParent());
        Path written = Files.createTempFile(directory, path.getFileName().toString(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(written, path);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void move(Path written, Path path) throws IOException {
        try {
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(written, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String json(MaintenanceStatus status) {
        var json = Json.createObjectBuilder();
        status.asValues().forEach((key, value) -> {
            if (value != null) {
                json.add(key, value.toString());
            }
        });
        return json.build() + "\n";
    }

    private static MaintenanceStatus parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            State state = State.valueOf(json.getString("state").toUpperCase(Locale.ROOT));
            if (state == State.ANNOUNCED && time(json, "start") == null) {
                throw new IllegalArgumentException("an announcement without a start");
            }
            return new MaintenanceStatus(
                    state,
                    json.getString("message", ""),
                    time(json, "since"),
                    time(json, "start"),
                    time(json, "end"),
                    json.getString("by", null));
        } catch (JsonException | DateTimeParseException | ClassCastException | NullPointerException wrong) {
            throw new IllegalArgumentException("not a state of this class", wrong);
        }
    }

    private static @Nullable Instant time(JsonObject json, String key) {
        JsonValue value = json.get(key);
        return value == null ? null : Instant.parse(json.getString(key));
    }
}
