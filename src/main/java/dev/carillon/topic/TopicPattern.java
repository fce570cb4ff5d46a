package dev.carillon.topic;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern such as <code>orders/{id: \d+}</code>. Components are separated by {@code /} or {@code .}; a placeholder
 * without a regular expression stands for one or more characters other than these two. Up to three of these may share a
 * component; it then matches no topic of more than {@value #LONGEST_SHARED} characters.
 *
 * <p>Patterns compare by how specific they are: literal text before a placeholder with an expression, that before one
 * without, left to right. Two that compare as equal cannot both be declared.
 */
final class TopicPattern implements Comparable<TopicPattern> {

    /**
     * Where several placeholders share a component, a mismatch costs the length to the power of their number: a peer's
     * megabyte of a topic would keep a thread busy for hours.
     */
    static final int LONGEST_SHARED = 255;

    private static final int MOST_IN_A_COMPONENT = 3;

    private static final String ANY_COMPONENT = "[^/.]+";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\s*(\\w+)\\s*(?::((?:[^{}]|\\{[^{}]*})+))?}");

    /** Sorts behind every literal character. */
    private static final char EXPRESSION = '\uFFFE';

    private static final char ANYTHING = '\uFFFF';

    private final String text;
    private final Pattern regex;
    private final List<String> names = new ArrayList<>();
    private final String rank;
    private final String beginning; // the literal text before the first placeholder
    private final boolean shared; // whether a component has more than one placeholder without an expression

    /** @throws IllegalArgumentException if the pattern cannot be read; the message says why */
    TopicPattern(String text) {
        this.text = text;
        StringBuilder expression = new StringBuilder();
        StringBuilder shape = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int literalFrom = 0;
        while (placeholder.find()) {
            addLiteral(text.substring(literalFrom, placeholder.start()), expression, shape);
            addPlaceholder(placeholder.group(1), placeholder.group(2), expression, shape);
            literalFrom = placeholder.end();
        }
        addLiteral(text.substring(literalFrom), expression, shape);
        if (text.isBlank()) {
            throw new IllegalArgumentException("the pattern is empty");
        }
        this.regex = compile(expression.toString());
        this.rank = shape.toString();
        this.beginning = literalBeginning(rank);
        this.shared = mostInAComponent(rank) > 1;
        if (mostInAComponent(rank) > MOST_IN_A_COMPONENT) {
            throw new IllegalArgumentException("a component has more than " + MOST_IN_A_COMPONENT
                    + " placeholders without an expression; give them expressions, as in {id: \\d+}");
        }
    }

    private void addLiteral(String literal, StringBuilder expression, StringBuilder shape) {
        if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
            throw new IllegalArgumentException("a brace is not part of a placeholder like {id} or {id: \\d+}");
        }
        expression.append(Pattern.quote(literal));
        shape.append(literal);
    }

    private void addPlaceholder(String name, String pattern, StringBuilder expression, StringBuilder shape) {
        if (names.contains(name)) {
            throw new IllegalArgumentException("the placeholder {" + name + "} occurs twice");
        }
        if (pattern != null && pattern.strip().matches("[A-Za-z]+")) {
            throw new IllegalArgumentException("behind {" + name + ": comes a regular expression, and '"
                    + pattern.strip() + "' stands for that word only; for a number, write {" + name + ": \\d+}");
        }
        if (pattern != null) {
            compile(pattern.strip()); // on its own: it must not reach beyond its placeholder
        }
        names.add(name);
        expression.append("(?<p").append(names.size()).append('>');
        expression.append(pattern == null ? ANY_COMPONENT : pattern.strip()).append(')');
        shape.append(pattern == null ? ANYTHING : EXPRESSION);
    }

    private static int mostInAComponent(String shape) {
        int most = 0;
        for (String component : shape.split("[/.]")) {
            most = Math.max(
                    most, (int) component.chars().filter(c -> c == ANYTHING).count());
        }
        return most;
    }

    private static Pattern compile(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("its regular expression is wrong: " + e.getDescription(), e);
        }
    }

    boolean hasPlaceholders() {
        return !names.isEmpty();
    }

    /** What stands at the placeholders, by their names, if the topic matches. */
    Optional<Map<String, String>> match(String topic) {
        if (!topic.startsWith(beginning)) { // at much less cost than the regular expression, for most that do not match
            return Optional.empty();
        }
        Matcher matcher = regex.matcher(topic);
        if (shared && topic.length() > LONGEST_SHARED || !matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), matcher.group("p" + (i + 1)));
        }
        return Optional.of(values);
    }

    /**
     * Whether some topic matches this and that, as far as can be said without understanding regular expressions: then it
     * is taken for yes.
     */
    boolean mayOverlap(UriPattern topics) {
        String other = topics.uri().value();
        if (topics.policy() == MatchPolicy.EXACT) {
            return match(other).isPresent();
        }
        if (topics.policy() == MatchPolicy.WILDCARD && rank.indexOf(EXPRESSION) < 0) {
            return overlapsByComponents(other.split("\\.", -1));
        }
        String own = beginning;
        String others = topics.policy() == MatchPolicy.PREFIX ? other : other.substring(0, concreteLength(other));
        return own.startsWith(others) || own.length() < rank.length() && others.startsWith(own);
    }

    /** Without expressions, no placeholder reaches across a dot. */
    private boolean overlapsByComponents(String[] others) {
        String[] own = rank.split("\\.", -1);
        if (own.length != others.length) {
            return false;
        }
        for (int i = 0; i < own.length; i++) {
            boolean either = others[i].isEmpty() || own[i].indexOf(ANYTHING) >= 0;
            if (!either && !own[i].equals(others[i])) {
                return false;
            }
        }
        return true;
    }

    private static String literalBeginning(String rank) {
        int end = 0;
        while (end < rank.length() && rank.charAt(end) < EXPRESSION) {
            end++;
        }
        return rank.substring(0, end);
    }

    /** How much of a wildcard pattern stands before its first empty component. */
    private static int concreteLength(String wildcard) {
        if (wildcard.startsWith(".")) {
            return 0;
        }
        int empty = wildcard.indexOf("..");
        return empty >= 0 ? empty + 1 : wildcard.length();
    }

    @Override
    public int compareTo(TopicPattern other) {
        return rank.compareTo(other.rank);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicPattern pattern && rank.equals(pattern.rank);
    }

    @Override
    public int hashCode() {
        return rank.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
