package dev.carillon.faces;

import dev.carillon.outdated.ContentTags;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code <carillon:content>} says what a page shows; its user is told when that is changed: "Order 17 was changed by bob ·
 * Reload".
 *
 * <pre>{@code
 * <carillon:content value="#{order}"/>
 * <carillon:content type="Order" label="The list of orders"/>
 * }</pre>
 *
 * <p>It belongs into pages that show something, and also into those that edit it: a page that edits is not told of what it
 * saves itself.
 *
 * <h2>Attributes</h2>
 * <ul>
 *   <li>{@code value}: an entity, a collection of them, an entity class, or what a {@code TagGenerator} of the application
 *       supports. Null: nothing.
 *   <li>{@code type}: the entity name of what a list shows all of, such as {@code Order}.
 *   <li>{@code tags}: tags separated by spaces, as {@code ContentTags.of} says them. The three add up.
 *   <li>{@code label}: what a message calls it. Default: what a {@code TagGenerator} says, such as "Order 17", else "this
 *       list".
 *   <li>{@code own}: whether the user is told of his own changes in other tabs. Default: true.
 *   <li>{@code onchange}: the name of a function, such as {@code shop.orderChanged}, that is called with each change instead
 *       of the message. It gets {@code ContentChange} of {@code carillon-content.d.ts}.
 *   <li>{@code texts}: the name of an object of the page, such as {@code shop.texts}, with other words: {@code ContentTexts}
 *       of {@code carillon-content.d.ts}.
 *   <li>{@code after}: a position, taken before the data was read. Default: that at the beginning of the request in which
 *       the view has rendered these tags first. Data that is older, such as that of a session, needs this.
 *   <li>{@code nonce}: as in {@link Connect}.
 * </ul>
 *
 * <p>Who may learn of changes is decided when the page subscribes, by {@code carillon.content.roles}, {@code @ContentRoles}
 * or a {@code ContentRights} bean.
 */
public class Content extends CarillonComponent {

    public static final String COMPONENT_TYPE = "dev.carillon.faces.Content";

    /** In the attributes of the component, which a view keeps: a map of positions by tags. */
    private static final String POSITIONS = "dev.carillon.faces.positions";

    /** A view that has shown more forgets what it showed first. */
    private static final int POSITIONS_KEPT = 100;

    @Override
    void encodeData(FacesContext context, ResponseWriter writer) throws IOException {
        ContentTags content = content();
        Object value = objectAttribute("value");
        String type = attribute("type");
        String ofValue = content.of(value);
        String tags = Stream.of(
                        ofValue, type == null ? "" : content.ofType(type), Objects.toString(attribute("tags"), ""))
                .filter(some -> !some.isEmpty())
                .collect(Collectors.joining(" "));
        writeIfGiven(writer, "data-carillon-content", tags.isEmpty() ? null : tags);
        String ofThisOne = tags.equals(ofValue) ? content.label(value) : ""; // it is no name for the others
        String label = attribute("label");
        writeIfGiven(writer, "data-label", label != null ? label : emptyToNull(ofThisOne));
        String after = attribute("after");
        writeIfGiven(writer, "data-after", emptyToNull(after != null ? after : firstPosition(context, tags)));
        writeIfGiven(writer, "data-onchange", attribute("onchange"));
        writeIfGiven(writer, "data-texts", attribute("texts"));
        writeIfGiven(writer, "data-own", "false".equals(attribute("own")) ? "false" : null);
    }

    /** Where the topics were when the view showed this first: it may have kept the data, and show no newer ones now. */
    private String firstPosition(FacesContext context, String tags) {
        Map<String, String> positions = new LinkedHashMap<>();
        if (objectAttribute(POSITIONS) instanceof Map<?, ?> kept) {
            kept.forEach((shown, position) -> positions.put((String) shown, (String) position));
        }
        if (positions.putIfAbsent(tags, ContentPosition.of(context)) == null) {
            if (positions.size() > POSITIONS_KEPT) {
                positions.remove(positions.keySet().iterator().next());
            }
            getAttributes().put(POSITIONS, positions); // a new one, as the view saves only what was put
        }
        return positions.get(tags);
    }

    static ContentTags content() {
        return CDI.current().select(ContentTags.class).get();
    }
}
