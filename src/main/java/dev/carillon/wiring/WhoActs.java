package dev.carillon.wiring;

import dev.carillon.outdated.Acting;
import dev.carillon.outdated.ActingUser;
import dev.carillon.procedure.Caller;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who acts on the current thread: the caller of a procedure, the user of a request, or whoever the container has for an
 * EJB. What is not there is asked about all the same, as no API says whether it is.
 */
final class WhoActs implements Supplier<Acting> {

    /** The parameter or header by which {@code carillon-content.js} says which page a request comes from. */
    private static final String PAGE = "carillon-page";

    private static final Pattern LEGAL_PAGE = Pattern.compile("[\\w-]{1,64}");

    /** What containers call nobody. */
    private static final String NOBODY = "anonymous";

    private final List<ActingUser> users;
    private final Caller caller;

    /** @param users asked first */
    WhoActs(List<ActingUser> users, Caller caller) {
        this.users = users;
        this.caller = caller;
    }

    @Override
    public Acting get() {
        String said =
                users.stream().flatMap(user -> user.name().stream()).findFirst().orElse(null);
        Long session = ask(caller::session);
        String by = said != null ? said : session != null ? ask(caller::name) : userOfTheContainer();
        return new Acting(by, ask(WhoActs::page), session);
    }

    private static @Nullable String userOfTheContainer() {
        String user = ask(() -> request().getRemoteUser());
        if (user != null) {
            return user;
        }
        String principal = ask(() -> CDI.current().select(Principal.class).get().getName());
        return NOBODY.equals(principal) ? null : principal;
    }

    private static @Nullable String page() {
        HttpServletRequest request = request();
        return Optional.ofNullable(request.getHeader(PAGE))
                .or(() -> Optional.ofNullable(request.getParameter(PAGE)))
                .filter(page -> LEGAL_PAGE.matcher(page).matches())
                .orElse(null);
    }

    private static HttpServletRequest request() {
        return CDI.current().select(HttpServletRequest.class).get();
    }

    /** Null where the context is not there that the answer would come from. */
    private static <T> @Nullable T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException notHere) {
            return null;
        }
    }
}
