package dev.carillon.admin;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.SessionId;
import dev.carillon.realm.MetaArguments;
import dev.carillon.realm.MetaProcedure;
import dev.carillon.realm.Realm;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Permission;
import dev.carillon.session.Session;
import dev.carillon.topic.DeclaredTopic;
import dev.carillon.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code carillon.topic.list}: what the application has declared, and behind that what configuration grants to somebody
 * without a declaration.
 */
final class TopicList implements MetaProcedure {

    private static final String ALWAYS = "the application and its back-ends";

    private final Topics topics;
    private final List<Permission> permissions;
    private final List<String> administrators;
    private final Realm realm;

    /** @param permissions those that count in the realm */
    TopicList(Topics topics, List<Permission> permissions, List<String> administrators, Realm realm) {
        this.topics = topics;
        this.permissions = permissions;
        this.administrators = administrators;
        this.realm = realm;
    }

    /** Outside the turn: handlers are asked, and all subscriptions are looked through. */
    @Override
    public Supplier<Answer> prepare(Session caller, MetaArguments arguments) {
        Map<UriPattern, Set<SessionId>> subscriptions = realm.subscriptions();
        subscriptions.keySet().removeIf(UriPattern::isReserved); // those to what the router publishes
        List<Map<String, Object>> rows = new ArrayList<>();
        for (DeclaredTopic topic : topics.declarations()) {
            rows.add(row(
                    topic.pattern(),
                    topic.handler(),
                    topic.subscribers(),
                    publishers(rolesThatMay(Action.PUBLISH, topic::mayOverlap), topic.publishers()),
                    topic.visitors(),
                    count(subscriptions, subscribed -> isOf(topic, subscribed))));
        }
        granted()
                .forEach(uris -> rows.add(row(
                        uris.policy().wireName() + " " + uris.uri(),
                        null,
                        String.join(", ", rolesThatMay(Action.SUBSCRIBE, uris::equals)),
                        publishers(rolesThatMay(Action.PUBLISH, uris::equals), Optional.empty()),
                        false,
                        count(subscriptions, subscribed -> isUndeclared(subscribed) && uris.overlaps(subscribed)))));
        return () -> Answer.of(rows);
    }

    private static Map<String, Object> row(
            String pattern,
            @Nullable String handler,
            String subscribe,
            String publish,
            boolean visitors,
            int subscribers) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("pattern", pattern);
        row.put("handler", handler);
        row.put("subscribe", subscribe);
        row.put("publish", publish);
        row.put("visitors", visitors);
        row.put("subscribers", subscribers);
        return row;
    }

    /** What permissions are about that lets somebody use topics which nobody has declared. */
    private Set<UriPattern> granted() {
        return permissions.stream()
                .filter(permission -> permission.actions().contains(Action.SUBSCRIBE)
                        || permission.actions().contains(Action.PUBLISH))
                .map(Permission::uris)
                .filter(uris -> !uris.isReserved() && isUndeclared(uris))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<String> rolesThatMay(Action action, Predicate<UriPattern> about) {
        return permissions.stream()
                .filter(permission -> permission.actions().contains(action) && about.test(permission.uris()))
                .map(Permission::role)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String publishers(Collection<String> granted, Optional<String> handlers) {
        Set<String> roles = new LinkedHashSet<>(administrators);
        roles.addAll(granted);
        String some = Stream.concat(Stream.of(ALWAYS), roles.stream()).collect(Collectors.joining(", "));
        return handlers.map(more -> some + ", and " + more).orElse(some);
    }

    private boolean isOf(DeclaredTopic topic, UriPattern subscribed) {
        return subscribed.policy() == MatchPolicy.EXACT
                ? topics.patternOf(subscribed.uri()).equals(Optional.of(topic.pattern()))
                : topic.mayOverlap(subscribed);
    }

    private boolean isUndeclared(UriPattern uris) {
        return uris.policy() != MatchPolicy.EXACT
                || topics.patternOf(uris.uri()).isEmpty();
    }

    private static int count(Map<UriPattern, Set<SessionId>> subscriptions, Predicate<UriPattern> which) {
        Set<SessionId> sessions = new HashSet<>();
        subscriptions.forEach((subscribed, some) -> {
            if (which.test(subscribed)) {
                sessions.addAll(some);
            }
        });
        return sessions.size();
    }
}
