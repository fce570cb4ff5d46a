package dev.carillon.faces;

import jakarta.faces.component.UIComponentBase;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all tags have in common: each is a {@code template} element, which browsers show nowhere and HTML allows
 * everywhere, in a table too, unless it has something to show; and the first one of a page brings the script.
 */
abstract class CarillonComponent extends UIComponentBase {

    static final String FAMILY = "dev.carillon.faces";

    static final String NONCE = "nonce";

    private static final String SCRIPT = "/carillon/carillon-faces.js";

    @Override
    public String getFamily() {
        return FAMILY;
    }

    /** The name of the element. */
    String element() {
        return "template";
    }

    /** Writes the attributes that say to the script what this tag is. */
    abstract void encodeData(FacesContext context, ResponseWriter writer) throws IOException;

    @Override
    public void encodeBegin(FacesContext context) throws IOException {
        super.encodeBegin(context);
        if (!isRendered()) {
            return;
        }
        ResponseWriter writer = context.getResponseWriter();
        writer.startElement(element(), this);
        writer.writeAttribute("id", getClientId(context), "id");
        encodeData(context, writer);
        writer.endElement(element());
        encodeScriptOnce(context, writer);
    }

    /** The children are behaviors' and no content. */
    @Override
    public boolean getRendersChildren() {
        return true;
    }

    @Override
    public void encodeChildren(FacesContext context) {}

    /**
     * In an ajax request the page has the script already. Its address is written as it is, without a session id in it: a
     * module with two addresses would run twice.
     */
    private void encodeScriptOnce(FacesContext context, ResponseWriter writer) throws IOException {
        if (context.getPartialViewContext().isAjaxRequest()
                || context.getAttributes().put(CarillonComponent.class, true) != null) {
            return;
        }
        ExternalContext external = context.getExternalContext();
        writer.startElement("script", this);
        writer.writeAttribute("type", "module", null);
        writer.writeURIAttribute("src", external.getRequestContextPath() + SCRIPT, null);
        writeIfGiven(writer, NONCE, nonce(external));
        writer.endElement("script");
    }

    private @Nullable String nonce(ExternalContext external) {
        String given = attribute(NONCE);
        if (given != null || !(external.getResponse() instanceof HttpServletResponse response)) {
            return given;
        }
        return Nonce.in(response.getHeaders("Content-Security-Policy")).orElse(null);
    }

    /** The value of an attribute of the tag; null if it is absent or empty. */
    final @Nullable String attribute(String name) {
        return emptyToNull(Objects.toString(getAttributes().get(name), ""));
    }

    static @Nullable String emptyToNull(String value) {
        return value.isEmpty() ? null : value;
    }

    /** The value of an attribute of the tag as it is. */
    final @Nullable Object objectAttribute(String name) {
        return getAttributes().get(name);
    }

    static void writeIfGiven(ResponseWriter writer, String name, @Nullable String value) throws IOException {
        if (value != null) {
            writer.writeAttribute(name, value, null);
        }
    }
}
