package dev.carillon.it.faces;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;

/**
 * A Content Security Policy for pages that are asked for with {@code ?policy}: {@code self} allows scripts of this host
 * and with a nonce, {@code nonce} only those with one.
 */
@WebFilter("*.xhtml")
public class PolicyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String policy = request.getParameter("policy");
        if (policy != null) {
            String nonce = UUID.randomUUID().toString();
            request.setAttribute("nonce", nonce);
            response.setHeader(
                    "Content-Security-Policy",
                    "default-src 'self'; script-src " + (policy.equals("self") ? "'self' " : "") + "'nonce-" + nonce
                            + "'");
        }
        chain.doFilter(request, response);
    }
}
