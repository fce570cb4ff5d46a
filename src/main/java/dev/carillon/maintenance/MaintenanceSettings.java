package dev.carillon.maintenance;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who gets in while it is closed, what the others see, and where the state is kept. */
public final class MaintenanceSettings {

    public static final MaintenanceSettings DEFAULT =
            new MaintenanceSettings(Optional.empty(), List.of(), List.of(), List.of(), Optional.empty());

    /** Where servers keep what outlives a restart: WildFly, Payara and GlassFish, Open Liberty. */
    private static final List<String> DATA =
            List.of("jboss.server.data.dir", "com.sun.aas.instanceRoot", "server.output.dir");

    private final Optional<Path> file;
    private final List<PathPattern> paths;
    private final Addresses addresses;
    private final List<String> roles;
    private final Optional<String> page;

    /**
     * @param paths below the context root: {@code /login.xhtml}, {@code /assets/*} or {@code *.css}
     * @param addresses single ones and ranges, as in {@code 10.0.0.0/8}
     * @param page an HTML page of the application, such as {@code /WEB-INF/maintenance.html}
     * @throws IllegalArgumentException if one is something else; the message begins with the key
     */
    public MaintenanceSettings(
            Optional<String> file,
            List<String> paths,
            List<String> addresses,
            List<String> roles,
            Optional<String> page) {
        this.file = file.map(MaintenanceSettings::asPath);
        this.paths = paths.stream().map(PathPattern::new).toList();
        this.addresses = new Addresses(addresses);
        this.roles = List.copyOf(roles);
        this.page = page;
        page.filter(path -> !path.startsWith("/")).ifPresent(path -> {
            throw new IllegalArgumentException("maintenance.page is '" + path + "'; it must be a path below the context"
                    + " root, such as /WEB-INF/maintenance.html");
        });
    }

    /** Each application of a server has a file of its own. @param contextPath such as {@code /shop} */
    public Path file(String contextPath) {
        return file.orElseGet(() -> {
            String name = contextPath.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^-", "");
            return dataDirectory().resolve("carillon-maintenance").resolve((name.isEmpty() ? "ROOT" : name) + ".json");
        });
    }

    private static Path dataDirectory() {
        return Stream.concat(DATA.stream(), Stream.of("java.io.tmpdir"))
                .map(System::getProperty)
                .filter(value -> value != null && !value.isEmpty())
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    /** Whether this request's user gets in, whatever it is that he asks for. */
    public boolean letsIn(HttpServletRequest request) {
        return addresses.include(request.getRemoteAddr()) || roles.stream().anyMatch(request::isUserInRole);
    }

    boolean allowsPath(String path) {
        return paths.stream().anyMatch(pattern -> pattern.matches(path));
    }

    boolean allowsAddress(String address) {
        return addresses.include(address);
    }

    /** Whether some get in who must log in for that. */
    boolean allowsRoles() {
        return !roles.isEmpty();
    }

    Optional<String> page() {
        return page;
    }

    private static Path asPath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException(
                    "maintenance.file is '" + text + "'; it must be the path of a file", wrong);
        }
    }

    /** As in Jakarta Servlet, 12.1: a prefix, a suffix, or one path. */
    private record PathPattern(String text) {
        PathPattern {
            boolean starAtEndOnly =
                    text.indexOf('*') < 0 || text.endsWith("/*") && text.indexOf('*') == text.length() - 1;
            boolean suffix = text.startsWith("*.") && text.indexOf('*', 1) < 0 && text.indexOf('/') < 0;
            if (!suffix && !(text.startsWith("/") && starAtEndOnly)) {
                throw new IllegalArgumentException("maintenance.allow.paths has '" + text
                        + "'; it must be as in /login.xhtml, /assets/* or *.css");
            }
        }

        boolean matches(String path) {
            if (text.startsWith("*")) {
                return path.endsWith(text.substring(1));
            }
            if (!text.endsWith("/*")) {
                return path.equals(text);
            }
            String folder = text.substring(0, text.length() - 2);
            return path.equals(folder) || path.startsWith(folder + "/");
        }
    }
}
