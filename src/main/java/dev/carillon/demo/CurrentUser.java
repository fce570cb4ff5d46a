package dev.carillon.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is logged in, as the container knows it. */
@Named("user")
@RequestScoped
public class CurrentUser {

    /** The login name, null for a visitor. */
    public @Nullable String getName() {
        return browser().getRemoteUser();
    }

    /** The roles that mean something here, for display. */
    public String getRoles() {
        return Stream.of(Roles.SALES, Roles.ADMINISTRATOR)
                .filter(browser()::isUserInRole)
                .collect(Collectors.joining(", "));
    }

    public boolean isAdministrator() {
        return browser().isUserInRole(Roles.ADMINISTRATOR);
    }

    /** Ends the HTTP session, and with it whatever listens on its behalf. */
    public String logout() throws ServletException {
        ((HttpServletRequest) browser().getRequest()).logout();
        browser().invalidateSession();
        return "login?faces-redirect=true&loggedOut=true";
    }

    private static ExternalContext browser() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }
}
