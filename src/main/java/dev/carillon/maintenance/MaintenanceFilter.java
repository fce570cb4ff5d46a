package dev.carillon.maintenance;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Behind the login, in front of everything else; on every server. */
final class MaintenanceFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Gate gate;

    MaintenanceFilter(Gate gate) {
        this.gate = gate;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (gate.letsIn(request, response)) {
            chain.doFilter(request, response);
        }
    }
}
