package dev.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Basic Profile, "URIs": the rules against another way of writing them down. */
class UriPropertiesTest {

    private static final Pattern STRICT = Pattern.compile("([0-9a-z_]+\\.)*([0-9a-z_]+)");
    /** As the specification has it, but for what Java's {@code \s} leaves out. */
    private static final Pattern LOOSE = Pattern.compile(
            "([^\\s.#\\p{IsWhite_Space}\\p{Cntrl}\\p{Z}]+\\.)*([^\\s.#\\p{IsWhite_Space}\\p{Cntrl}\\p{Z}]+)");

    @Property
    void strictRulesAreThoseOfTheSpecification(@ForAll("uris") String text) {
        assertThat(new Uri(text).isLegal(Uri.Rules.STRICT))
                .isEqualTo(STRICT.matcher(text).matches());
    }

    @Property
    void looseRulesRefuseNothingThatTheSpecificationAllows(@ForAll("uris") String text) {
        if (LOOSE.matcher(text).matches()) {
            assertThat(new Uri(text).isLegal(Uri.Rules.LOOSE)).isTrue();
        }
    }

    @Property
    void noLegalUriHasAnEmptyComponentWhiteSpaceOrAHash(@ForAll("uris") String text) {
        if (new Uri(text).isLegal(Uri.Rules.LOOSE)) {
            assertThat(text).isNotEmpty().doesNotContain("#");
            assertThat(Arrays.asList(text.split("\\.", -1))).doesNotContain("");
            assertThat(text.codePoints().noneMatch(Character::isWhitespace)).isTrue();
        }
    }

    @Property
    void whatIsStrictIsLoose(@ForAll("uris") String text) {
        Uri uri = new Uri(text);
        assertThat(uri.isLegal(Uri.Rules.LOOSE) || !uri.isLegal(Uri.Rules.STRICT))
                .isTrue();
    }

    @Property
    void reservedIsWhoseFirstComponentIsWamp(@ForAll("uris") String text) {
        assertThat(new Uri(text).isReserved()).isEqualTo(text.split("\\.", -1)[0].equals("wamp"));
    }

    @Provide
    Arbitrary<String> uris() {
        Arbitrary<String> parts = Arbitraries.of(
                "a",
                "b9",
                "_",
                "wamp",
                "Wamp",
                "wampx",
                ".",
                "..",
                " ",
                "\t",
                "#",
                "ä",
                "\u00a0",
                "\u2003",
                "\u0000",
                "\ud83d\ude00",
                "é",
                "/",
                "{id}",
                "\u0085",
                "\u200b");
        Arbitrary<List<String>> lists = parts.list().ofMaxSize(7);
        return Arbitraries.oneOf(
                lists.map(list -> String.join("", list)),
                lists.map(list -> String.join(".", list)),
                Arbitraries.strings().ofMaxLength(20));
    }
}
