package dev.carillon.realm;

import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Identity;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which URIs are legal, and who may do what with them. Runs application code: never within a turn. */
final class Rights {

    private static final System.Logger LOG = System.getLogger(Rights.class.getName());

    private final String realm;
    private final Authorizer authorizer;
    private final Uri.Rules rules;
    private final int maxLength;
    private final AtomicLong changes = new AtomicLong();

    /** @param maxLength of a URI, in characters */
    Rights(String realm, Authorizer authorizer, Uri.Rules rules, int maxLength) {
        this.realm = realm;
        this.authorizer = authorizer;
        this.rules = rules;
        this.maxLength = maxLength;
    }

    void requireLegal(Uri uri) {
        requireShort(uri);
        if (!uri.isLegal(rules)) {
            throw new WampError(ErrorUri.INVALID_URI, "this is not a legal URI: empty component, white space or '#'");
        }
    }

    /** Others than those of requests need no such check: who could not ask for it has none. */
    private void requireShort(Uri uri) {
        if (uri.value().length() > maxLength) {
            throw new WampError(
                    ErrorUri.INVALID_URI,
                    "this URI has " + uri.value().length() + " characters; " + maxLength + " are allowed");
        }
    }

    void requireLegal(UriPattern uris) {
        requireShort(uris.uri());
        if (!uris.isLegal(rules)) {
            throw new WampError(
                    ErrorUri.INVALID_URI,
                    "this is not a legal URI to match by " + uris.policy().wireName()
                            + ": empty component, white space or '#'");
        }
    }

    void requireUnreserved(Uri uri) {
        if (uri.isReserved()) {
            throw new WampError(ErrorUri.INVALID_URI, "URIs below 'wamp.' are reserved for the router");
        }
    }

    /**
     * Whether a pattern subscription, if it is granted, shows topics too that the application has not declared.
     *
     * @throws WampError if it will not be granted
     */
    boolean showsUndeclared(Session from, UriPattern topics) {
        return decide(
                new Authorizer.Request(realm, Action.SUBSCRIBE, topics, from.identity(), from.id()),
                authorizer::showsUndeclared);
    }

    /** @throws WampError if the session may not do it */
    void require(Session from, Action action, UriPattern uris) {
        require(action, uris, from.identity(), from.id());
    }

    /** @param session null if it is the application itself */
    void require(Action action, UriPattern uris, Identity who, @Nullable SessionId session) {
        require(new Authorizer.Request(realm, action, uris, who, session));
    }

    /** For what the session has already. @throws WampError if it may not have it any more */
    void requireAgain(Session from, Action action, UriPattern uris) {
        require(new Authorizer.Request(realm, action, uris, from.identity(), from.id(), true));
    }

    private void require(Authorizer.Request request) {
        decide(request, asked -> {
            authorizer.authorize(asked);
            return true;
        });
    }

    /** What was asked before may be answered in another way now. */
    void changed() {
        changes.incrementAndGet();
    }

    /**
     * Asks for a right and makes use of it in a turn. If rights have changed in between it is asked again: whoever looks
     * for what has no right any more does not see what is made later.
     *
     * @param ask throws if there is no right
     * @return false if the session has ended, so that nothing was done
     */
    boolean use(Session from, Runnable ask, Turns turns, Supplier<Deliveries> work) {
        boolean[] done = {false};
        boolean lives;
        do {
            long asked = changes.get();
            ask.run();
            lives = turns.turn(from, () -> {
                done[0] = changes.get() == asked;
                return done[0] ? work.get() : new Deliveries();
            });
        } while (lives && !done[0]);
        return lives;
    }

    private static boolean decide(Authorizer.Request request, Predicate<Authorizer.Request> decision) {
        try {
            return decision.test(request);
        } catch (WampError refused) {
            throw refused;
        } catch (RuntimeException | Error failure) { // application code: a class that cannot be loaded, say
            LOG.log(
                    ERROR,
                    "CAR-301 whether " + request.who().authid() + " may " + request.action() + " " + request.uri()
                            + " could not be decided",
                    failure);
            throw new WampError(ErrorUri.AUTHORIZATION_FAILED, "whether this is allowed could not be decided");
        }
    }
}
