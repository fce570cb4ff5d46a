package dev.carillon.admin;

import dev.carillon.security.Permission;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who administers.
 *
 * @param roles whoever has one of these may look into every realm, end what is in it, and publish to every topic
 */
public record AdminSettings(List<String> roles) {

    public AdminSettings {
        roles = List.copyOf(roles);
        for (String role : roles) {
            if (role.matches(".*\\s.*")) {
                throw new IllegalArgumentException(
                        "admin.roles has '" + role + "'; roles are separated by commas and have no white space");
            }
        }
    }

    /** What the roles stand for. */
    public List<Permission> permissions() {
        return roles.stream().flatMap(AdminSettings::permissions).toList();
    }

    private static Stream<Permission> permissions(String role) {
        return Stream.of(
                Permission.parse(role + ": call, subscribe prefix wamp."),
                Permission.parse(role + ": call prefix carillon."),
                Permission.toPublishEverywhere(role));
    }
}
