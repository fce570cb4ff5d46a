package dev.carillon.it.presence;

import dev.carillon.presence.Presence;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Set;

@Stateless
public class Attendance {

    @Inject
    private Presence presence;

    public Set<String> at(String desk) {
        return presence.users("desks/" + desk);
    }
}
