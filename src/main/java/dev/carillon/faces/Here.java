package dev.carillon.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.util.Objects;

/**
 * {@code <carillon:here>} says that the user of a page views or edits a record, and shows who else does: "bob is editing this
 * order".
 *
 * <pre>{@code
 * <carillon:here value="#{order}" mode="editing"/>
 * }</pre>
 *
 * <p>It is a {@code span} with {@code role="status"}, empty while nobody else is here. When an ajax update writes another
 * {@code mode}, the others are told.
 *
 * <h2>Attributes</h2>
 * <ul>
 *   <li>{@code value}: the record: an entity, or what a {@code TagGenerator} has one tag with an id for. Null, and what is not
 *       stored yet: nothing.
 *   <li>{@code record}: the same as text, such as {@code Order/17}, instead of {@code value}.
 *   <li>{@code mode}: {@code viewing}, which is the default, or {@code editing}.
 *   <li>{@code label}: what the text calls the record. Default: "this order".
 *   <li>{@code onchange}: the name of a function, such as {@code shop.others}, that is called with the others whenever they
 *       have changed: a list of {@code Other} of {@code carillon-here.d.ts}. The text is shown all the same.
 *   <li>{@code texts}: the name of an object of the page, such as {@code shop.texts}, with other words: {@code HereTexts} of
 *       {@code carillon-here.d.ts}.
 *   <li>{@code styleClass}: besides {@code carillon-here}.
 *   <li>{@code nonce}: as in {@link Connect}.
 * </ul>
 *
 * <p>Who may see it is who may learn of changes: see {@link Content}.
 */
public class Here extends CarillonComponent {

    public static final String COMPONENT_TYPE = "dev.carillon.faces.Here";

    @Override
    String element() {
        return "span";
    }

    @Override
    void encodeData(FacesContext context, ResponseWriter writer) throws IOException {
        String given = attribute("record");
        String record = given != null ? given : Content.content().record(objectAttribute("value"));
        writer.writeAttribute("role", "status", null);
        writer.writeAttribute(
                "class", ("carillon-here " + Objects.toString(attribute("styleClass"), "")).strip(), null);
        writeIfGiven(writer, "data-carillon-here", emptyToNull(record));
        writeIfGiven(writer, "data-mode", attribute("mode"));
        writeIfGiven(writer, "data-label", attribute("label"));
        writeIfGiven(writer, "data-onchange", attribute("onchange"));
        writeIfGiven(writer, "data-texts", attribute("texts"));
    }
}
