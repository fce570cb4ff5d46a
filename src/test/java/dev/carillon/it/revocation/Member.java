package dev.carillon.it.revocation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Somebody who works here. */
@Entity
public class Member {

    @Id
    private String name = "";

    public Member(String name) {
        this.name = name;
    }

    protected Member() {} // for JPA only

    public String name() {
        return name;
    }
}
