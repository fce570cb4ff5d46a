package dev.carillon.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.util.List;

/**
 * {@code <carillon:connect>} says how a page connects to its router, and whom to tell of the connection.
 *
 * <pre>{@code
 * <html xmlns:carillon="dev.carillon.faces"> ...
 *   <carillon:connect onlogin="shop.askToLogInAgain" onlost="shop.showOffline" ongap="shop.reload"/>
 * }</pre>
 *
 * <p>It belongs once into a page, best into the template of all pages, within the head or the body. A page with
 * {@code <carillon:subscribe>} tags needs it only to change a default, or if its first such tag comes by ajax: the script
 * is brought by the first tag of a page, and never in an ajax response.
 *
 * <h2>Attributes</h2>
 * <ul>
 *   <li>{@code realm}: default {@code carillon}.
 *   <li>{@code anonymous}: connect as a visitor, without a ticket; only realms that admit visitors accept this.
 *   <li>{@code shared}: share one connection among the tabs of a browser that have the same login; default false. See
 *       {@code shared} in {@code carillon.d.ts}.
 *   <li>{@code onopen}, {@code onlost}, {@code onrestored}, {@code ongap}, {@code onlogin}, {@code onerror}: names of
 *       functions, such as {@code shop.reload}, looked up on {@code window} when the event comes. Each gets the {@code
 *       detail} of the event of the same name in {@code carillon.d.ts}. {@code onerror} is also told of a {@code
 *       <carillon:subscribe>} that the router refused or revoked.
 *   <li>{@code nonce}: see below.
 * </ul>
 *
 * <p>The options count when the page is loaded; a later ajax update of this tag changes only the functions. However many
 * tags there are, a page has one connection; scripts of the page get the same one by
 * {@code import { carillon } from '.../carillon/carillon-faces.js'}.
 *
 * <h2>Content Security Policy</h2>
 *
 * <p>Nothing that is written here needs {@code unsafe-inline} or {@code unsafe-eval}. The {@code script} element carries
 * the nonce of the attribute {@code nonce}; without it, the one that a filter has put into the header
 * {@code Content-Security-Policy} of the response before the page is rendered.
 */
public class Connect extends CarillonComponent {

    public static final String COMPONENT_TYPE = "dev.carillon.faces.Connect";

    /** Events of {@code carillon.js}; the attribute has "on" before the name. */
    static final List<String> EVENTS = List.of("open", "lost", "restored", "gap", "login", "error");

    @Override
    void encodeData(FacesContext context, ResponseWriter writer) throws IOException {
        writer.writeAttribute("data-carillon-connect", "", null);
        writeIfGiven(writer, "data-realm", attribute("realm"));
        if (Boolean.parseBoolean(attribute("anonymous"))) {
            writer.writeAttribute("data-anonymous", "true", "anonymous");
        }
        if (Boolean.parseBoolean(attribute("shared"))) {
            writer.writeAttribute("data-shared", "true", "shared");
        }
        for (String event : EVENTS) {
            writeIfGiven(writer, "data-on" + event, attribute("on" + event));
        }
    }
}
