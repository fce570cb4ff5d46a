package dev.carillon.outdated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.NotificationRelay;
import dev.carillon.outdated.Zoo.Animal;
import dev.carillon.outdated.Zoo.Cage;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import dev.carillon.topic.Subscriber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What pages are told. Without a transaction, so each change on its own; {@code OutdatedIT} has transactions. */
class ContentChangesTest {

    private static final String BOB = "'by':'bob'";

    private final TestRouter router = TestRouter.open();
    private final List<TagGenerator> generators = new ArrayList<>();
    private final List<ContentRights> rights = new ArrayList<>();
    private Acting acting = new Acting("bob", null, null);
    private final Peer animals =
            router.join().says("[32,1,{},'carillon/content/Animal']").hears("[33,1,1]");

    @Test
    void anEditIsToldWithWhoMadeIt() {
        changes().edited(new Animal(17L));
        animals.hearsEvent(1, event(BOB, "'changed':['Animal#17','Animal']"));
    }

    @Test
    void aRemovalIsTold() {
        changes().removed(new Animal(17L));
        animals.hearsEvent(1, "{},[{'all':false,'by':'bob','changed':['Animal'],'removed':['Animal#17']}]");
    }

    @Test
    void anInsertIsToldToLists() {
        changes().added(new Animal(17L));
        animals.hearsEvent(1, event(BOB, "'changed':['Animal']"));
    }

    @Test
    void whereItWasDoneIsToldSoThatThePageKnowsItself() {
        acting = new Acting("bob", "tab-1", null);
        changes().edited(Animal.class);
        animals.hearsEvent(1, "{},[{'all':false,'by':'bob','changed':['Animal'],'page':'tab-1','removed':[]}]");
        acting = new Acting(null, null, 1007L);
        changes().edited(Animal.class);
        animals.hearsEvent(1, "{},[{'all':false,'changed':['Animal'],'removed':[],'session':1007}]");
    }

    @Test
    void aCollectionIsOneMessageForEachType() {
        Peer cages = router.join().says("[32,1,{},'carillon/content/Cage']").hears("[33,1,2]");
        changes().edited(List.of(new Animal(1L), new Cage("4"), new Animal(2L), new Animal(1L)));
        animals.hearsEvent(1, event(BOB, "'changed':['Animal#1','Animal','Animal#2']"))
                .hearsNothing();
        cages.hearsEvent(2, event(BOB, "'changed':['Cage#4','Cage']")).hearsNothing();
    }

    @Test
    void whatIsNoEntityHasATagOrAGenerator() {
        Peer settings =
                router.join().says("[32,1,{},'carillon/content/settings']").hears("[33,1,2]");
        changes().edited(ContentTag.of("settings", "company"));
        settings.hearsEvent(2, event(BOB, "'changed':['settings#company']"));
        changes().edited("nobody knows what this is");
        settings.hearsNothing();
        generators.add(of(String.class, ContentTag.ofAll("settings")));
        changes().edited("a generator knows it");
        settings.hearsEvent(2, event(BOB, "'changed':['settings']"));
    }

    @Test
    void aGeneratorAddsToTheTagsOfAnEntityAndOnlyTheRecordItselfIsRemoved() {
        generators.add(of(Cage.class, ContentTag.of("Animal", 17)));
        changes().removed(new Cage("4"));
        animals.hearsEvent(1, event(BOB, "'changed':['Animal#17']"));
    }

    @Test
    void whereRightsDifferByRecordEachHasATopicOfItsOwn() {
        Peer one = router.join().says("[32,1,{},'carillon/content/Cage/a%2F4']").hears("[33,1,2]");
        rights.add(byRecord("Cage"));
        changes().edited(List.of(new Cage("a/4"), new Cage("5")));
        one.hearsEvent(2, event(BOB, "'changed':['Cage/a%2F4']")).hearsNothing();
    }

    @Test
    void tooManyAreToldAsAllOfThem() {
        changes()
                .edited(IntStream.rangeClosed(1, 1000)
                        .mapToObj(id -> new Animal((long) id))
                        .toList());
        animals.hearsEvent(1, "{},[{'all':true,'by':'bob','changed':[],'removed':[]}]")
                .hearsNothing();
        changes().edited(new Animal(17L));
        animals.hearsEvent(1, event(BOB, "'changed':['Animal#17','Animal']"));
    }

    @Test
    void whatGoesWrongIsNotTheTransactionsTrouble() {
        generators.add(new TagGenerator() {
            @Override
            public boolean supports(Object value) {
                throw new IllegalStateException("a fault in a generator");
            }

            @Override
            public Collection<ContentTag> shown(Object value) {
                return List.of();
            }
        });
        assertThatCode(() -> changes().edited(new Animal(17L))).doesNotThrowAnyException();
        animals.hearsNothing();
    }

    @Test
    void aPageSaysWhatItShowsInTheSameWords() {
        generators.add(of(String.class, ContentTag.of("settings", "company")));
        rights.add(byRecord("Cage"));
        ContentTags tags = new ContentTags(new TagChain(generators, new EntityTags(true)), audience(), null);
        assertThat(tags.of(List.of(new Animal(1L), new Cage("a/4"), "x")))
                .isEqualTo("Animal#1 Cage/a%2F4 settings#company");
        assertThat(tags.of(Cage.class)).isEqualTo("Cage");
        assertThat(tags.of(null)).isEmpty();
        assertThat(tags.ofType("Animal")).isEqualTo("Animal");
        assertThat(tags.record(new Cage("a/4"))).isEqualTo("Cage/a%2F4");
        assertThat(tags.record(Cage.class)).isEmpty();
        assertThat(tags.record(null)).isEmpty();
        assertThat(tags.label(new Animal(1L))).isEqualTo("Animal 1");
        assertThat(tags.label("x")).isEmpty();
    }

    @Test
    void aTagThatWouldBreakATopicIsRefused() {
        assertThatThrownBy(() -> ContentTag.ofAll("a/b")).hasMessageContaining("'a/b'");
        assertThatThrownBy(() -> ContentTag.of("Animal", "")).hasMessageContaining("Animal");
        assertThat(ContentTag.of("Animal", "ä.#, %")).hasToString("Animal#%C3%A4%2E%23,%20%25");
    }

    private ContentChanges changes() {
        return new ContentChanges(
                new TagChain(generators, new EntityTags(true)),
                audience(),
                new NotificationRelay(router.router(), TestRouter.REALM, 0, Runnable::run),
                () -> acting);
    }

    private ContentAudience audience() {
        return new ContentAudience(rights, Map.of(), Map::of);
    }

    private static String event(String by, String changed) {
        return "{},[{'all':false," + by + "," + changed + ",'removed':[]}]";
    }

    private static TagGenerator of(Class<?> type, ContentTag tag) {
        return new TagGenerator() {
            @Override
            public boolean supports(Object value) {
                return type.isInstance(value);
            }

            @Override
            public Collection<ContentTag> shown(Object value) {
                return type == String.class ? List.of(tag) : List.of();
            }

            @Override
            public Collection<ContentTag> changed(Object value, Change change) {
                return List.of(tag);
            }
        };
    }

    private static ContentRights byRecord(String byRecord) {
        return new ContentRights() {
            @Override
            public boolean decidesAbout(String type) {
                return type.equals(byRecord);
            }

            @Override
            public boolean byRecord(String type) {
                return true;
            }

            @Override
            public boolean mayLearn(Subscriber who, String type, Optional<String> id) {
                return false;
            }
        };
    }
}
