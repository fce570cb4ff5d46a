package dev.carillon.maintenance;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.ServletContextImpl;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** In front of the login, on servers that are made of Undertow. Loaded only where its classes can be seen. */
final class UndertowGate implements HttpHandler {

    private final HttpHandler next;
    private final Gate gate;

    private UndertowGate(HttpHandler next, Gate gate) {
        this.next = next;
        this.gate = gate;
    }

    /** @return false if the server is another */
    static boolean install(ServletContext context, Gate gate) {
        if (!(context instanceof ServletContextImpl undertow)) {
            return false;
        }
        undertow.getDeployment()
                .getDeploymentInfo()
                .addOuterHandlerChainWrapper(next -> new UndertowGate(next, gate)); // outside of its security handlers
        return true;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        ServletRequestContext context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
        if (gate.letsInBeforeLogin(
                (HttpServletRequest) context.getServletRequest(), (HttpServletResponse) context.getServletResponse())) {
            next.handleRequest(exchange);
        }
    }
}
