package dev.carillon.transport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handshake on its way from the filter to the configurator. That one is shown headers and the user of a request, and no
 * address: Jakarta WebSocket has none. So it travels as a header, in the place of one that the peer may have sent.
 */
final class SeenRequest extends HttpServletRequestWrapper {

    static final String ADDRESS = "X-Carillon-Address";

    private final @Nullable Principal user;

    /** @param user in the place of the container's; null for the container's */
    SeenRequest(HttpServletRequest request, @Nullable Principal user) {
        super(request);
        this.user = user;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return user != null ? user : super.getUserPrincipal();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(ADDRESS) ? getRemoteAddr() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(ADDRESS)
                ? Collections.enumeration(Set.of(getRemoteAddr()))
                : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
        names.removeIf(ADDRESS::equalsIgnoreCase);
        names.add(ADDRESS);
        return Collections.enumeration(names);
    }
}
