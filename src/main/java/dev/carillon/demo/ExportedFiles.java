package dev.carillon.demo;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last files that were exported, each for its owner. */
@ApplicationScoped
public class ExportedFiles {

    private static final int KEPT = 20;

    private final Map<String, File> files = new LinkedHashMap<>(); // guarded by this, oldest first

    synchronized void put(String id, String owner, String text) {
        files.put(id, new File(owner, text));
        if (files.size() > KEPT) {
            files.remove(files.keySet().iterator().next());
        }
    }

    synchronized Optional<String> find(String id, String owner) {
        return Optional.ofNullable(files.get(id))
                .filter(file -> file.owner().equals(owner))
                .map(File::text);
    }

    private record File(String owner, String text) {}
}
