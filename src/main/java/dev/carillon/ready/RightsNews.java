package dev.carillon.ready;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.router.Router;
import java.util.Optional;

/** Tells users that their rights are others, when what they have lost is gone. */
public final class RightsNews {

    private static final System.Logger LOG = System.getLogger(RightsNews.class.getName());

    private final Router router;

    public RightsNews(Router router) {
        this.router = router;
    }

    /** @param user empty for everybody */
    public void tell(Optional<String> user) {
        String topic = user.map(name -> UserTopic.of(name, "rights")).orElse(RightsTopic.TOPIC);
        for (String realm : router.realms()) {
            try {
                router.publish(realm, new Uri(topic), Payload.NONE, false);
            } catch (WampError refused) {
                LOG.log(
                        WARNING,
                        "CAR-829 users in realm {0} could not be told that rights have changed: {1}",
                        realm,
                        refused.sentence());
            }
        }
    }
}
