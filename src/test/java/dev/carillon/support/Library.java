package dev.carillon.support;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
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
