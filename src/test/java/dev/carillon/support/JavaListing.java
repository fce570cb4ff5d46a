package dev.carillon.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a listing in Java. One that begins with a package or an import stands for itself. Any other gets imports and a
 * class around it, which inherits what {@code listings/Surroundings.java} has; one of statements gets a method too,
 * behind the injected fields that it may begin with.
 */
public final class JavaListing {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Shared, since it reads the whole class path when it is new. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, Locale.ROOT, UTF_8);

    private static final String SURROUNDINGS = "src/test/resources/listings/Surroundings.java";

    private static final String IMPORTS = Stream.of(
                    "dev.carillon.client.*",
                    "dev.carillon.local.*",
                    "dev.carillon.maintenance.*",
                    "dev.carillon.matching.*",
                    "dev.carillon.notification.*",
                    "dev.carillon.outdated.*",
                    "dev.carillon.presence.*",
                    "dev.carillon.procedure.*",
                    "dev.carillon.security.*",
                    "dev.carillon.topic.*",
                    "jakarta.annotation.security.*",
                    "jakarta.ejb.*",
                    "jakarta.enterprise.context.*",
                    "jakarta.enterprise.event.*",
                    "jakarta.enterprise.inject.spi.CDI",
                    "jakarta.inject.*",
                    "jakarta.servlet.*",
                    "jakarta.servlet.annotation.*",
                    "jakarta.servlet.http.*",
                    "jakarta.validation.constraints.*",
                    "jakarta.ws.rs.*",
                    "java.io.*",
                    "java.math.*",
                    "java.time.*",
                    "java.util.*",
                    "static java.util.concurrent.TimeUnit.*")
            .map(name -> "import " + name + "; ")
            .collect(Collectors.joining());

    private static final Pattern COMPILATION_UNIT = Pattern.compile("\\s*(package|import) ");
    private static final Pattern INJECTED_FIELDS = Pattern.compile("(\\s*@Inject [^;{]+;[^\\n]*\\n)*\\s*");
    private static final Pattern MEMBER =
            Pattern.compile("@|(public|protected|private|static|final|abstract|class|interface|record|enum) ");

    private JavaListing() {}

    /**
     * Says what the compiler does not like, with the line in the page.
     *
     * @param classes a folder for what is compiled
     */
    public static List<String> problems(Listing listing, Path classes) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<JavaFileObject> sources = new ArrayList<>();
        sources.add(new Source(source(listing)));
        FILES.getJavaFileObjects(Path.of(System.getProperty("basedir", ""), SURROUNDINGS))
                .forEach(sources::add);
        COMPILER.getTask(null, FILES, found, options(classes), null, sources).call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(error -> listing.page() + ":" + error.getLineNumber() + ": " + error.getMessage(Locale.ROOT))
                .toList();
    }

    private static List<String> options(Path classes) {
        return List.of(
                "-proc:none",
                "-Xlint:none",
                "--release",
                "17",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
    }

    /** The first line of what is compiled holds all that is put in front, so that every other has its number in the page. */
    private static String source(Listing listing) {
        String text = listing.text();
        if (COMPILATION_UNIT.matcher(text).lookingAt()) {
            return listing.inItsLine();
        }
        String body = IMPORTS + "class Listing extends Surroundings {" + listing.inItsLine();
        Matcher fields = INJECTED_FIELDS.matcher(text);
        int statements = fields.lookingAt() ? fields.end() : 0;
        if (statements == text.length()
                || MEMBER.matcher(text.substring(statements)).lookingAt()) {
            return body + "}";
        }
        int offset = body.length() - text.length() + statements;
        return body.substring(0, offset) + "void listing() throws Exception {" + body.substring(offset) + "}}";
    }

    /** Its name is right for any class in it. */
    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Listing.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }
    }
}
