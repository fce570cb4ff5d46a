package dev.carillon.outdated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.outdated.Zoo.Animal;
import dev.carillon.outdated.Zoo.AnimalProxy;
import dev.carillon.outdated.Zoo.Cage;
import dev.carillon.outdated.Zoo.Dog;
import dev.carillon.outdated.Zoo.Duty;
import dev.carillon.outdated.Zoo.Shift;
import dev.carillon.outdated.Zoo.Stay;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What entities are called in tags. */
class EntityTagsTest {

    private final EntityTags tags = new EntityTags(true);

    @Test
    void aRecordIsKnownByItsEntityNameAndItsId() {
        assertThat(shown(new Animal(17L))).containsExactly("Animal#17");
        assertThat(shown(new Cage("north wing/4"))).containsExactly("Cage#north%20wing%2F4");
    }

    @Test
    void aClassIsTheListOfAll() {
        assertThat(shown(Animal.class)).containsExactly("Animal");
        assertThat(shown(Dog.class)).containsExactly("HouseDog");
    }

    @Test
    void aProxyIsTheRecordThatItStandsFor() {
        assertThat(shown(new AnimalProxy(17))).containsExactly("Animal#17");
    }

    @Test
    void whatIsNotStoredYetIsNoRecord() {
        assertThat(shown(new Animal(null))).isEmpty();
        assertThat(tags.label(new Animal(null))).isEmpty();
    }

    @Test
    void aRecordIsThatOfItsRootAndInTheListOfEachEntityThatItIs() {
        assertThat(shown(new Dog(17L))).containsExactly("Animal#17");
        assertThat(changed(new Dog(17L), Change.EDITED)).containsExactly("Animal#17", "HouseDog", "Animal");
    }

    @Test
    void idsOfSeveralPartsAreToldApart() {
        assertThat(shown(new Duty(new Shift("monday", 8)))).containsExactly("Duty#monday,8");
        assertThat(shown(new Stay(new Cage("4"), 2026))).containsExactly("Stay#4,2026");
    }

    @Test
    void anInsertIsNewsForListsOnlyAndTheOthersForTheRecordToo() {
        Dog dog = new Dog(17L);
        assertThat(changed(dog, Change.ADDED)).containsExactly("HouseDog", "Animal");
        assertThat(changed(dog, Change.REMOVED)).containsExactly("Animal#17", "HouseDog", "Animal");
    }

    @Test
    void anEditNeedNotReachLists() {
        EntityTags frugal = new EntityTags(false);
        assertThat(frugal.changed(new Animal(17L), Change.EDITED)).containsExactly(ContentTag.of("Animal", 17));
        assertThat(frugal.changed(new Animal(17L), Change.REMOVED))
                .containsExactly(ContentTag.of("Animal", 17), ContentTag.ofAll("Animal"));
    }

    @Test
    void aRecordHasANameForPeople() {
        assertThat(tags.label(new Dog(17L))).hasValue("House dog 17");
        assertThat(tags.label(Dog.class)).isEmpty();
        assertThat(EntityTags.typeName(Dog.class)).isEqualTo("HouseDog");
        assertThat(EntityTags.typeName(String.class)).isEqualTo("String");
    }

    @Test
    void whatIsNoEntityIsNotSupported() {
        assertThat(tags.supports("Animal")).isFalse();
        assertThat(tags.supports(Shift.class)).isFalse();
    }

    private Stream<String> shown(Object value) {
        return texts(tags.shown(value));
    }

    private Stream<String> changed(Object value, Change change) {
        return texts(tags.changed(value, change));
    }

    private static Stream<String> texts(Collection<ContentTag> tags) {
        return tags.stream().map(ContentTag::toString);
    }
}
