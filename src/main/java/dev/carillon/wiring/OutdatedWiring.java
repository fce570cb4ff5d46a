package dev.carillon.wiring;

import dev.carillon.notification.NotificationRelay;
import dev.carillon.outdated.ActingUser;
import dev.carillon.outdated.ContentAudience;
import dev.carillon.outdated.ContentChanges;
import dev.carillon.outdated.ContentRights;
import dev.carillon.outdated.ContentSettings;
import dev.carillon.outdated.ContentTags;
import dev.carillon.outdated.EntityTags;
import dev.carillon.outdated.TagChain;
import dev.carillon.outdated.TagGenerator;
import dev.carillon.procedure.Caller;
import dev.carillon.topic.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** How pages learn of changes; without JPA, of those that the application tells by itself. */
@ApplicationScoped
class OutdatedWiring {

    private final ContentSettings settings =
            CarillonSettings.read(new SettingsReader(Configuration.ofServer())).content();

    @Produces
    @Singleton
    TagChain tags(Instance<TagGenerator> generators) {
        return new TagChain(generators.stream().toList(), hasJpa() ? Jpa.tags(settings) : null);
    }

    /** A proxy, so that handlers may have it before there is one. */
    @Produces
    @ApplicationScoped
    ContentAudience audience(Instance<ContentRights> rights, AnnotatedContent annotated) {
        return new ContentAudience(
                rights.stream().toList(),
                settings.roles(),
                () -> annotated.roles(hasJpa() ? Jpa.TYPE_NAME : Class::getSimpleName));
    }

    @Produces
    @ApplicationScoped
    ContentChanges changes(
            TagChain tags,
            ContentAudience audience,
            NotificationRelay relay,
            Instance<ActingUser> users,
            Instance<Caller> callers) {
        return new ContentChanges(
                tags, audience, relay, new WhoActs(users.stream().toList(), callers.get()));
    }

    @Produces
    @ApplicationScoped
    @Named("carillonContent")
    ContentTags contentTags(TagChain tags, ContentAudience audience, Positions positions) {
        return new ContentTags(tags, audience, positions);
    }

    private static boolean hasJpa() {
        try {
            Class.forName("jakarta.persistence.Entity", false, OutdatedWiring.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    /** Of its own, so that it need not be loaded where JPA is not there. */
    private static final class Jpa {

        static final Function<Class<?>, String> TYPE_NAME = EntityTags::typeName;

        static TagGenerator tags(ContentSettings settings) {
            return new EntityTags(settings.editsReachLists());
        }
    }
}
