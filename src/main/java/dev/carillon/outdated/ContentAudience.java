package dev.carillon.outdated;

import dev.carillon.topic.Subscriber;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may learn of changes, and who else is at a record: a {@link ContentRights} bean says so, else configuration, else the
 * annotation of the entity. Where nobody says anything, nobody may.
 */
public class ContentAudience {

    private final List<ContentRights> rights;
    private final Map<String, Set<String>> configured;
    private final Supplier<Map<String, Set<String>>> annotated;

    /**
     * For {@code wiring}; a {@code presence} handler has one injected.
     *
     * @param annotated by type, what configuration does not say; asked each time, because a bean that stores something as the
     *     application starts may need this before the servlet container has looked for annotations
     */
    public ContentAudience(
            List<ContentRights> rights,
            Map<String, Set<String>> configured,
            Supplier<Map<String, Set<String>>> annotated) {
        this.rights = List.copyOf(rights);
        this.configured = configured;
        this.annotated = annotated;
    }

    /** For the client proxy only. */
    protected ContentAudience() {
        this(List.of(), Map.of(), Map::of);
    }

    /** @param id empty for all of the type */
    public boolean mayLearn(Subscriber who, String type, Optional<String> id) {
        Optional<ContentRights> decides = deciding(type);
        if (who.isVisitor()) {
            return false;
        }
        return decides.isPresent() ? decides.get().mayLearn(who, type, id) : isIn(who, rolesOf(type));
    }

    /** Of whatever type: then a subscription to a pattern shows nothing that one to a topic would not. */
    public boolean mayLearnEverything(Subscriber who) {
        Map<String, Set<String>> roles = rolesByType();
        return !who.isVisitor()
                && rights.isEmpty()
                && roles.containsKey(ContentSettings.ANY_TYPE)
                && roles.values().stream().allMatch(some -> isIn(who, some));
    }

    private static boolean isIn(Subscriber who, Set<String> roles) {
        return roles.stream().anyMatch(role -> role.equals(ContentSettings.ANY_ROLE) || who.isInRole(role));
    }

    /** Whether each record of the type has a topic of its own. */
    boolean byRecord(String type) {
        return deciding(type).map(rights -> rights.byRecord(type)).orElse(false);
    }

    /** All that are named; the container must be asked about them. */
    public Set<String> roles() {
        Set<String> all = new HashSet<>();
        rolesByType().values().forEach(all::addAll);
        all.remove(ContentSettings.ANY_ROLE);
        return all;
    }

    private Map<String, Set<String>> rolesByType() {
        Map<String, Set<String>> roles = new HashMap<>(annotated.get());
        roles.putAll(configured);
        return roles;
    }

    private Set<String> rolesOf(String type) {
        Map<String, Set<String>> roles = rolesByType();
        return roles.getOrDefault(type, roles.getOrDefault(ContentSettings.ANY_TYPE, Set.of()));
    }

    private Optional<ContentRights> deciding(String type) {
        return rights.stream().filter(each -> each.decidesAbout(type)).findFirst();
    }
}
