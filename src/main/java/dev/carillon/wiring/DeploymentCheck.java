package dev.carillon.wiring;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.procedure.ProcedureDiscovery;
import dev.carillon.protocol.Uri;
import dev.carillon.security.BackendTickets;
import dev.carillon.security.Tickets;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.Topics;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Stops the deployment, with all reasons at once, where settings or declarations are wrong. */
public class DeploymentCheck implements Extension {

    private static final System.Logger LOG = System.getLogger(DeploymentCheck.class.getName());

    private static final TopicHandler NOT_CALLED = new TopicHandler() {};

    void check(@Observes AfterDeploymentValidation deployment, BeanManager beans) {
        settings().forEach(problem -> deployment.addDeploymentProblem(new IllegalArgumentException(problem)));
        procedures(beans).forEach(problem -> deployment.addDeploymentProblem(new IllegalArgumentException(problem)));
        topics(beans).forEach(problem -> deployment.addDeploymentProblem(new IllegalArgumentException(problem)));
    }

    private static List<String> settings() {
        SettingsReader reader = new SettingsReader(Configuration.ofServer());
        CarillonSettings settings = CarillonSettings.read(reader);
        reader.checked(
                () -> new Tickets(settings.ticketTimeToLive(), InstantSource.system(), new SecureRandom()), null);
        reader.checked(() -> new BackendTickets(settings.backendSecret().orElse(null), InstantSource.system()), null);
        for (String key : reader.unknown()) {
            LOG.log(WARNING, "CAR-104 {0} is not a setting of Carillon; is it misspelt? The guide lists them all", key);
        }
        return reader.problems();
    }

    private static List<String> procedures(BeanManager beans) {
        Uri.Rules rules = CarillonSettings.read(new SettingsReader(Configuration.ofServer()))
                .uriRules();
        return beans.getExtension(ProcedureDiscovery.class).problems(beans, rules);
    }

    private static List<String> topics(BeanManager beans) {
        Topics.Builder topics = new Topics.Builder();
        Set<Bean<?>> handlers = beans.getBeans(TopicHandler.class, new Topic.Any());
        for (Bean<?> bean : beans.getBeans(Object.class, new Topic.Any())) {
            String declaredBy = bean.getBeanClass().getName();
            if (!handlers.contains(bean)) {
                topics.problem(declaredBy, "it has the qualifier @Topic, so it must implement TopicHandler");
            } else if (beans.isNormalScope(bean.getScope()) && cannotBeProxied(bean.getBeanClass())) {
                topics.problem(
                        declaredBy,
                        "it is private or final, so the container cannot make a proxy for it; leave"
                                + " that out, or make it @Dependent");
            } else {
                topics.add(topicOf(bean), declaredBy, NOT_CALLED);
            }
        }
        return topics.problems();
    }

    private static boolean cannotBeProxied(Class<?> type) {
        return Modifier.isPrivate(type.getModifiers()) || Modifier.isFinal(type.getModifiers());
    }

    static Topic topicOf(Bean<?> handler) {
        return handler.getQualifiers().stream()
                .filter(Topic.class::isInstance)
                .map(Topic.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
