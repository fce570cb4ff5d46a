package dev.carillon.topic;

import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.router.Router;

/**
 * Where topics are in their histories, for a page that is about to be rendered: what is published from then on is replayed
 * when the page subscribes, so that nothing is missed in between. Inject it, or name it in a page:
 *
 * <pre>{@code
 * @Inject Positions positions;
 * ...
 * position = positions.of("orders");      // first
 * orders = repository.all();              // then
 * }</pre>
 *
 * <pre>{@code
 * <carillon:subscribe topic="orders" after="#{orderList.position}" onmessage="shop.orderChanged"/>
 * <body data-position="#{carillonPositions.of('orders')}">
 * }</pre>
 *
 * <p>The position must be read <em>before</em> the data, and before the transaction that the data is read in has read
 * anything: the other way round, what is committed in between is neither in the data nor replayed. What is in the data
 * already may be replayed, too, since a notification goes out after its commit: at least once, never missed.
 *
 * <p>For a pattern subscription, name any topic that it matches. Safe for use by many threads, and in beans that are
 * passivated, such as those of a Faces view.
 */
public class Positions {

    private final Router router;
    private final String defaultRealm;

    /** For {@code wiring}; applications have one injected. */
    public Positions(Router router, String defaultRealm) {
        this.router = router;
        this.defaultRealm = defaultRealm;
    }

    /** For the client proxy only. */
    protected Positions() {
        this(null, null);
    }

    /**
     * The present position of a topic in the default realm.
     *
     * @return for {@code after} of {@code carillon.js} and {@code <carillon:subscribe>}; the empty string, which is no
     *     position to both, if no history keeps the topic
     */
    public String of(String topic) {
        return of(defaultRealm, topic);
    }

    /**
     * The present position of a topic in a realm.
     *
     * @return as above
     * @throws IllegalArgumentException if there is no such realm
     */
    public String of(String realm, String topic) {
        try {
            return router.position(realm, new Uri(topic)).orElse("");
        } catch (WampError error) {
            throw new IllegalArgumentException("'" + realm + "' is not one of the realms " + router.realms(), error);
        }
    }
}
