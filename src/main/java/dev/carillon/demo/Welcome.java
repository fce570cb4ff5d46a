package dev.carillon.demo;

import static java.lang.System.Logger.Level.INFO;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Tells whoever started the server where the demo is and how to get in. */
@WebListener
public class Welcome implements ServletContextListener {

    private static final System.Logger LOG = System.getLogger("dev.carillon.demo");

    private static final String TEXT = """


            ------------------------------------------------------------------
              The Carillon demo is ready:

                  http://localhost:{0}{1}/

              Open it in two browsers (or one private window) and log in as
                  alice / alice    sales
                  bob   / bob      sales
                  admin / admin    administrator
              Then let bob ship an order and watch the list of alice; open the
              same order as both; chat, write a mail, export the orders; and as
              admin, "Administration", close it all for maintenance.
            ------------------------------------------------------------------
            """;

    @Override
    public void contextInitialized(ServletContextEvent start) {
        String contextPath = start.getServletContext().getContextPath();
        LOG.log(INFO, TEXT, Integer.toString(port()), contextPath);
    }

    /** The port of WildFly's default configuration: no portable API tells it before the first request. */
    private static int port() {
        return Integer.getInteger("jboss.http.port", 8080) + Integer.getInteger("jboss.socket.binding.port-offset", 0);
    }
}
