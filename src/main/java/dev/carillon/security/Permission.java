package dev.carillon.security;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Authorizer.Action;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a role may do, in configuration: {@code sales: publish, subscribe prefix chat. in shop}.
 *
 * @param realm the one realm that this is about; empty for all
 */
public record Permission(String role, Set<Action> actions, UriPattern uris, Optional<String> realm) {

    private static final Pattern FORM = Pattern.compile(
            "\\s*(\\S+)\\s*:\\s*(\\w+(?:\\s*,\\s*\\w+)*)\\s+(exact|prefix|wildcard)\\s+(\\S+)(?:\\s+in\\s+(\\S+))?\\s*");

    public Permission {
        actions = Set.copyOf(actions);
    }

    /**
     * Reads {@code ROLE: ACTION[, ACTION] exact|prefix|wildcard URI [in REALM]}.
     *
     * @throws IllegalArgumentException if the text is something else; the message says what is legal
     */
    public static Permission parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("permissions has '" + text.strip()
                    + "'; it must be as in 'sales: publish, subscribe prefix chat.', or '... in REALM' behind that");
        }
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (String name : parts.group(2).split("\\s*,\\s*")) {
            actions.add(action(name));
        }
        MatchPolicy policy = MatchPolicy.of(parts.group(3)).orElseThrow();
        return new Permission(
                parts.group(1),
                actions,
                new UriPattern(policy, new Uri(parts.group(4))),
                Optional.ofNullable(parts.group(5)));
    }

    /** To publish to whatever topic there is; the form has no words for that. */
    public static Permission toPublishEverywhere(String role) {
        UriPattern all = new UriPattern(MatchPolicy.PREFIX, new Uri(""));
        return new Permission(role, Set.of(Action.PUBLISH), all, Optional.empty());
    }

    private static Action action(String name) {
        for (Action action : Action.values()) {
            if (action.name().toLowerCase(Locale.ROOT).equals(name)) {
                return action;
            }
        }
        throw new IllegalArgumentException(
                "permissions has the action '" + name + "'; it must be subscribe, publish, call or register");
    }

    /** A right to some URIs never grants a pattern that matches more. */
    boolean grants(Authorizer.Request request) {
        return request.who().isInRole(role)
                && actions.contains(request.action())
                && realm.map(request.realm()::equals).orElse(true)
                && uris.covers(request.uris());
    }
}
