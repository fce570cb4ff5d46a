package dev.carillon.it.aftercommit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;

/** A parcel that is somewhere. No two may be in the same place, so that a test can make a commit fail. */
@Entity
@EntityListeners(ParcelListener.class)
public class Parcel {

    @Id
    private long id;

    @Column(unique = true)
    private String place;

    public Parcel(long id, String place) {
        this.id = id;
        this.place = place;
    }

    protected Parcel() {
        this(0, ""); // for JPA only
    }

    public long id() {
        return id;
    }

    /** The topic on which everything about it is told. */
    public String topic() {
        return "parcels/" + id;
    }

    public String getPlace() {
        return place;
    }

    public void setPlace(String place) {
        this.place = place;
    }
}
