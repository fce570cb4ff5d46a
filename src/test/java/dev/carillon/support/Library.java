package dev.carillon.support;

import com.fasterxml.jackson.core.JsonFactory;
import dev.carillon.it.login.AccountServlet;
import jakarta.json.Json;
import jakarta.json.bind.Jsonb;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.parsson.JsonProviderImpl;
import org.eclipse.yasson.JsonBindingProvider;
import org.glassfish.tyrus.client.ClientManager;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WARs of applications that use Carillon as a library: what a stranger would put into WEB-INF/lib. */
public final class Library {

    private Library() {}

    /** A WAR with the library and the classes of a package, and nothing else of Carillon. */
    public static WebArchive war(String name, Package application) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addAsLibraries(new File("target/carillon-classes.jar"), jarOf(JsonFactory.class))
                .addPackage(application);
    }

    /** The same with a login form for the demo's users, as {@link Browser} fills it. */
    public static WebArchive warWithLogin(String name, Package application) {
        return war(name, application).addClass(AccountServlet.class).setWebXML(new StringAsset("""
                                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                                  <security-constraint>
                                    <web-resource-collection>
                                      <web-resource-name>account</web-resource-name>
                                      <url-pattern>/account</url-pattern>
                                    </web-resource-collection>
                                    <auth-constraint><role-name>*</role-name></auth-constraint>
                                  </security-constraint>
                                  <login-config>
                                    <auth-method>FORM</auth-method>
                                    <form-login-config>
                                      <form-login-page>/open</form-login-page>
                                      <form-error-page>/open</form-error-page>
                                    </form-login-config>
                                  </login-config>
                                  <security-role><role-name>sales</role-name></security-role>
                                  <security-role><role-name>administrator</role-name></security-role>
                                </web-app>
                                """));
    }

    /** A WAR with the client and the classes of a package. */
    public static WebArchive warOfAClient(String name, Package application) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addAsLibraries(new File("target/carillon-client.jar"), jarOf(JsonFactory.class))
                .addPackage(application);
    }

    /** What a program with the client needs: the client, its one dependency, a WebSocket client, and JSON-B with JSON-P. */
    public static List<File> classPathOfAClient() {
        return List.of(
                new File("target/carillon-client.jar"),
                jarOf(JsonFactory.class),
                jarOf(ClientManager.class),
                jarOf(JsonBindingProvider.class),
                jarOf(Jsonb.class),
                jarOf(Json.class),
                jarOf(JsonProviderImpl.class));
    }

    private static File jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toFile();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
