package dev.carillon.cli;

/** What others have written, made fit for a terminal. */
final class Text {

    private Text() {}

    /** Without control characters: a peer's text must not move the cursor, or give the terminal commands. */
    static String printable(String text) {
        if (text.chars().noneMatch(Text::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (isUnsafe(c)) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.append((char) c);
            }
        });
        return safe.toString();
    }

    /** Also what turns the direction of writing: it lets a line look like another one. */
    private static boolean isUnsafe(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }
}
