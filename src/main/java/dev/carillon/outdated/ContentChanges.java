package dev.carillon.outdated;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.notification.NotificationRelay;
import dev.carillon.notification.PerTransaction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells pages that what they show was changed, after the transaction has committed. {@link ContentListener} does so for
 * entities; inject this for what JPA does not notice: updates by queries, by JDBC, and what is no entity.
 *
 * <pre>{@code
 * @Inject ContentChanges changes;
 * ...
 * entityManager.createQuery("update Order o set o.open = false where ...").executeUpdate();
 * changes.edited(Order.class);
 * changes.edited(ContentTag.of("settings", "company"));
 * }</pre>
 *
 * <p>Whatever goes wrong here, the transaction does not learn of it.
 */
public class ContentChanges {

    private static final System.Logger LOG = System.getLogger(ContentChanges.class.getName());

    private final TagChain tags;
    private final PerTransaction<Outdated> transactions;

    /** For {@code wiring}; applications have one injected. @param acting who acts on the current thread */
    public ContentChanges(TagChain tags, ContentAudience audience, NotificationRelay relay, Supplier<Acting> acting) {
        this.tags = tags;
        this.transactions =
                new PerTransaction<>(relay, () -> new Outdated(acting.get()), outdated -> outdated.told(audience));
    }

    /** For the client proxy only. */
    protected ContentChanges() {
        this(null, null, null, () -> new Acting(null, null, null));
    }

    /** @param value an entity, a tag, a class, whatever a {@link TagGenerator} supports, or a collection of these */
    public void added(Object value) {
        collect(outdated -> {
            outdated.added(tags.record(value));
            outdated.changed(tags.changed(value, Change.ADDED));
        });
    }

    /** As {@link #added}; of a class, any of its records. */
    public void edited(Object value) {
        collect(outdated -> outdated.changed(tags.changed(value, Change.EDITED)));
    }

    /** As {@link #added}. */
    public void removed(Object value) {
        collect(outdated -> {
            outdated.removed(tags.record(value));
            outdated.changed(tags.changed(value, Change.REMOVED));
        });
    }

    private void collect(Consumer<Outdated> change) {
        try {
            transactions.collect(change);
        } catch (RuntimeException failure) {
            LOG.log(
                    WARNING,
                    "CAR-811 a change is not told to pages: its tags, or who made it, cannot be found",
                    failure);
        }
    }
}
