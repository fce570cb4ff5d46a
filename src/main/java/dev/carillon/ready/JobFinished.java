package dev.carillon.ready;

import org.jspecify.annotations.Nullable;

/**
 * Work in the background is done, and who has started it should know: <code>{job, label, success, url}</code> to the user's
 * topic {@code jobs}.
 */
public final class JobFinished extends ForUser {

    /**
     * @param user who has started it
     * @param job its id
     * @param label what users call it, such as {@code Import of customers}
     * @param success whether it has done what it was to do
     * @param url where its result is; null if there is none to see
     */
    public JobFinished(String user, String job, String label, boolean success, @Nullable String url) {
        super(user, "jobs", new Told(job, label, success, url), false);
    }

    /** For JSON-B. */
    public record Told(
            String job,
            String label,
            boolean success,
            @Nullable String url) {}
}
