package dev.carillon.outdated;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import java.util.function.Consumer;

/**
 * Notices what JPA stores. Name it on an entity, {@code @EntityListeners(ContentListener.class)}, or for all entities of a
 * persistence unit in {@code META-INF/orm.xml}:
 *
 * <pre>{@code
 * <persistence-unit-metadata>
 *   <persistence-unit-defaults>
 *     <entity-listeners>
 *       <entity-listener class="dev.carillon.outdated.ContentListener"/>
 *     </entity-listeners>
 *   </persistence-unit-defaults>
 * </persistence-unit-metadata>
 * }</pre>
 *
 * <p>JPA calls it during the flush, that at commit too; what it has noticed goes out after the commit.
 */
public class ContentListener {

    /** After the insert, as the id may come of that. */
    @PostPersist
    void added(Object entity) {
        with(changes -> changes.added(entity));
    }

    @PostUpdate
    void edited(Object entity) {
        with(changes -> changes.edited(entity));
    }

    @PostRemove
    void removed(Object entity) {
        with(changes -> changes.removed(entity));
    }

    /** Looked up, as a provider need not inject anything; and there is none where entities are tested without the library. */
    static void with(Consumer<ContentChanges> told) {
        CDI<Object> container;
        try {
            container = CDI.current();
        } catch (IllegalStateException outsideOfAContainer) {
            return;
        }
        Instance<ContentChanges> changes = container.select(ContentChanges.class);
        if (changes.isResolvable()) {
            told.accept(changes.get());
        }
    }
}
