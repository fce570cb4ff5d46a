package dev.carillon.outdated;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;

/** Entities as people map them. */
final class Zoo {

    private Zoo() {}

    @MappedSuperclass
    static class Numbered {
        @Id
        private Long id;

        Numbered(Long id) {
            this.id = id;
        }

        Long getId() {
            return id;
        }
    }

    @Entity
    static class Animal extends Numbered {
        Animal(Long id) {
            super(id);
        }
    }

    @Entity(name = "HouseDog")
    static class Dog extends Animal {
        Dog(Long id) {
            super(id);
        }
    }

    /** As a provider makes them: it knows nothing but the id, and that by the getter only. */
    static class AnimalProxy extends Animal {
        private final long known;

        AnimalProxy(long known) {
            super(null);
            this.known = known;
        }

        @Override
        Long getId() {
            return known;
        }
    }

    @Entity
    static class Cage {
        private final String place;

        Cage(String place) {
            this.place = place;
        }

        @Id
        String getPlace() {
            return place;
        }
    }

    @Embeddable
    record Shift(String day, int hour) {}

    @Entity
    static class Duty {
        @EmbeddedId
        private final Shift shift;

        Duty(Shift shift) {
            this.shift = shift;
        }
    }

    @Entity
    @IdClass(Object.class)
    static class Stay {
        @Id
        @ManyToOne
        private final Cage cage;

        @Id
        private final int year;

        Stay(Cage cage, int year) {
            this.cage = cage;
            this.year = year;
        }
    }
}
