package dev.carillon.outdated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.metrics.Metrics;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Grants;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import jakarta.json.bind.JsonbBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may learn of changes. */
class ContentAudienceTest {

    private static final String REFUSED = "wamp.error.not_authorized";

    private final List<ContentRights> rights = new ArrayList<>();
    private Map<String, Set<String>> configured = Map.of();
    private Map<String, Set<String>> annotated = Map.of();

    @Test
    void whereNobodySaysAnythingNobodyMay() {
        assertThat(asks("alice", "sales", "carillon/content/Order")).contains(REFUSED, "carillon.content.roles");
    }

    @Test
    void configurationNamesTheRoles() {
        configured = roles("Order sales administrator", "Customer administrator");
        assertThat(asks("alice", "sales", "carillon/content/Order")).startsWith("[33,");
        assertThat(asks("alice", "sales", "carillon/content/Customer")).contains(REFUSED);
        assertThat(asks("admin", "administrator", "carillon/content/Customer")).startsWith("[33,");
    }

    @Test
    void theAnnotationOfTheEntityDoesSoToo() {
        annotated = Map.of("Order", Set.of("sales"));
        assertThat(asks("alice", "sales", "carillon/content/Order")).startsWith("[33,");
        assertThat(asks("admin", "administrator", "carillon/content/Order")).contains(REFUSED);
    }

    @Test
    void configurationReplacesTheAnnotation() {
        annotated = Map.of("Order", Set.of("sales"));
        configured = roles("Order administrator");
        assertThat(asks("alice", "sales", "carillon/content/Order")).contains(REFUSED);
        assertThat(asks("admin", "administrator", "carillon/content/Order")).startsWith("[33,");
    }

    @Test
    void everyTypeAndEveryUserCanBeMeantButNoVisitor() {
        configured = roles("* **", "Secret administrator");
        assertThat(asks("alice", "sales", "carillon/content/Order")).startsWith("[33,");
        assertThat(asks("alice", "sales", "carillon/content/Secret")).contains(REFUSED);
        assertThat(router().join().says("[32,1,{},'carillon/content/Order']").hears())
                .contains(REFUSED);
    }

    @Test
    void aBeanDecidesInsteadOfRolesAndIsAskedAboutTheRecordByItsOwnId() {
        configured = roles("* **");
        List<String> asked = new ArrayList<>();
        rights.add(new ContentRights() {
            @Override
            public boolean decidesAbout(String type) {
                return type.equals("Account");
            }

            @Override
            public boolean mayLearn(Subscriber who, String type, Optional<String> id) {
                asked.add(who.name() + " " + type + " " + id.orElse("all"));
                return id.isPresent();
            }
        });
        assertThat(asks("alice", "sales", "carillon/content/Account/a%2F5")).startsWith("[33,");
        assertThat(asks("alice", "sales", "carillon/content/Account")).contains(REFUSED);
        assertThat(asks("alice", "sales", "carillon/content/Order")).startsWith("[33,");
        assertThat(asked).containsExactly("alice Account a/5", "alice Account all");
    }

    @Test
    void aPatternIsForThoseWhoMayLearnOfEverything() {
        configured = roles("* administrator", "Order sales administrator");
        assertThat(asksPrefix("admin", "administrator")).startsWith("[33,");
        assertThat(asksPrefix("alice", "sales")).contains(REFUSED);
        configured = roles("* administrator", "Salary boss");
        assertThat(asksPrefix("admin", "administrator")).contains(REFUSED);
        configured = roles("Order administrator");
        assertThat(asksPrefix("admin", "administrator")).contains(REFUSED);
        configured = roles("* **");
        rights.add(new ContentRights() {
            @Override
            public boolean decidesAbout(String type) {
                return false;
            }

            @Override
            public boolean mayLearn(Subscriber who, String type, Optional<String> id) {
                return true;
            }
        });
        assertThat(asksPrefix("admin", "administrator")).contains(REFUSED);
    }

    private String asksPrefix(String user, String role) {
        return join(user, role)
                .says("[32,1,{'match':'prefix'},'carillon/content/']")
                .hears();
    }

    @Test
    void nobodyPublishesThere() {
        configured = roles("* **");
        assertThat(join("alice", "sales")
                        .says("[16,1,{'acknowledge':true},'carillon/content/Order',[1]]")
                        .hears())
                .contains(REFUSED);
    }

    @Test
    void theContainerIsAskedAboutAllRolesThatAreNamed() {
        annotated = Map.of("Order", Set.of("sales"), "News", Set.of("**"));
        configured = roles("Customer clerk");
        assertThat(audience().roles()).containsExactlyInAnyOrder("sales", "clerk");
    }

    /** Beans that store something as the application starts come before the servlet container's search. */
    @Test
    void annotationsThatAreFoundLaterCount() {
        annotated = Map.of();
        ContentAudience early = audience();
        annotated = Map.of("Order", Set.of("sales"));
        assertThat(early.roles()).containsExactly("sales");
    }

    @Test
    void settingsThatAreWrongSayWhatIsRight() {
        assertThatThrownBy(() -> roles("Order")).hasMessageStartingWith("content.roles has 'Order'");
        assertThatThrownBy(() -> roles("my/order sales")).hasMessageStartingWith("content.roles has 'my/order sales'");
        assertThatThrownBy(() -> ContentSettings.parse(true, List.of(), "keep many"))
                .hasMessageStartingWith("content.history is 'keep many'");
        assertThat(ContentSettings.parse(true, List.of(), "none").history()).isEmpty();
    }

    private String asks(String user, String role, String topic) {
        return join(user, role).says("[32,1,{},'" + topic + "']").hears();
    }

    private Peer join(String user, String role) {
        return router().join(user, role);
    }

    private TestRouter router() {
        ContentAudience audience = audience();
        Topics topics = new Topics.Builder()
                .add(ContentTopic.class.getAnnotation(Topic.class), "ContentTopic", new ContentTopic(audience))
                .add(RecordTopic.class.getAnnotation(Topic.class), "RecordTopic", new RecordTopic(audience))
                .build(
                        Grants.NONE,
                        new Topics.Surroundings(Runnable::run, Runnable::run, JsonbBuilder.create(), new Metrics()));
        return TestRouter.with(RealmSettings.of(Authenticator::anybody, topics));
    }

    private ContentAudience audience() {
        return new ContentAudience(rights, configured, () -> annotated);
    }

    private static Map<String, Set<String>> roles(String... entries) {
        return ContentSettings.parse(true, List.of(entries), ContentSettings.HISTORY)
                .roles();
    }
}
