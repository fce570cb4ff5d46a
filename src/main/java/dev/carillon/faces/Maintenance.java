package dev.carillon.faces;

import dev.carillon.maintenance.MaintenanceSettings;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * {@code <carillon:maintenance>} lets a page count down when maintenance is announced; covers it with a dialog while the
 * application is closed, unless its user gets in all the same; and lets it come back by itself.
 *
 * <pre>{@code
 * <carillon:connect anonymous="#{empty user.name}"/>
 * <carillon:maintenance/>
 * }</pre>
 *
 * <p>It belongs once into a page, best into the template of all pages. Pages of those who are not logged in need a
 * connection that is anonymous, as above, in a realm that admits visitors.
 *
 * <h2>Attributes</h2>
 * <ul>
 *   <li>{@code reload}: {@code auto} (the default) or {@code offer}: whether the page is loaded again by itself when it is
 *       over, or the user is asked. A user who has entered something is asked.
 *   <li>{@code onchange}: the name of a function, such as {@code shop.closed}. It gets {@code MaintenanceStatus} of {@code
 *       carillon-maintenance.d.ts} whenever that has changed.
 *   <li>{@code unsaved}: the name of a function that says whether there is something in the page that must not be lost,
 *       besides fields of forms.
 *   <li>{@code texts}: the name of an object of the page with other words: {@code MaintenanceTexts} of {@code
 *       carillon-maintenance.d.ts}.
 *   <li>{@code nonce}: as in {@link Connect}.
 * </ul>
 */
public class Maintenance extends CarillonComponent {

    public static final String COMPONENT_TYPE = "dev.carillon.faces.Maintenance";

    @Override
    void encodeData(FacesContext context, ResponseWriter writer) throws IOException {
        writer.writeAttribute("data-carillon-maintenance", "", null);
        writeIfGiven(writer, "data-passes", passes(context) ? "true" : null);
        writeIfGiven(writer, "data-reload", attribute("reload"));
        writeIfGiven(writer, "data-onchange", attribute("onchange"));
        writeIfGiven(writer, "data-unsaved", attribute("unsaved"));
        writeIfGiven(writer, "data-texts", attribute("texts"));
    }

    private static boolean passes(FacesContext context) {
        return context.getExternalContext().getRequest() instanceof HttpServletRequest request
                && CDI.current().select(MaintenanceSettings.class).get().letsIn(request);
    }
}
