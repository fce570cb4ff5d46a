package dev.carillon.history;

/**
 * By what a store finds a history again.
 *
 * @param name the pattern of its topics in words, such as {@code prefix orders/}
 */
public record HistoryId(String realm, String name) {

    @Override
    public String toString() {
        return "'" + name + "' of realm " + realm;
    }
}
