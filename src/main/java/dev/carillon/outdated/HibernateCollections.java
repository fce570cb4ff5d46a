package dev.carillon.outdated;

import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.jpa.event.spi.CallbackRegistry;
import org.hibernate.jpa.event.spi.CallbackType;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Takes the owner of a changed collection for changed, as JPA itself says nothing about it. Hibernate finds this class by
 * {@code META-INF/services}; without Hibernate nobody loads it.
 *
 * <p>Entities to which no listener listens are none of our business.
 */
public class HibernateCollections implements Integrator {

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessions) {
        EventListenerRegistry events = sessions.getServiceRegistry().getService(EventListenerRegistry.class);
        Owners owners = new Owners(sessions.getEventEngine().getCallbackRegistry());
        events.appendListeners(EventType.POST_COLLECTION_RECREATE, owners);
        events.appendListeners(EventType.POST_COLLECTION_UPDATE, owners);
        events.appendListeners(EventType.POST_COLLECTION_REMOVE, owners);
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessions, SessionFactoryServiceRegistry services) {}

    private static final class Owners
            implements PostCollectionRecreateEventListener,
                    PostCollectionUpdateEventListener,
                    PostCollectionRemoveEventListener {

        private final CallbackRegistry listeners;

        Owners(CallbackRegistry listeners) {
            this.listeners = listeners;
        }

        @Override
        public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
            changed(event);
        }

        @Override
        public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
            changed(event);
        }

        @Override
        public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
            changed(event);
        }

        private void changed(AbstractCollectionEvent event) {
            Object owner = event.getAffectedOwnerOrNull();
            if (owner != null && listeners.hasRegisteredCallbacks(owner.getClass(), CallbackType.POST_UPDATE)) {
                ContentListener.with(changes -> changes.edited(owner));
            }
        }
    }
}
