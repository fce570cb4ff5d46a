package dev.carillon.ops;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether a balancer should send peers here. Becomes a bean where MicroProfile Health is. */
@Readiness
public class RouterReadiness implements HealthCheck {

    private final Condition condition;

    @Inject
    RouterReadiness(Condition condition) {
        this.condition = condition;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("carillon")
                .status(condition.isReady())
                .withData("state", condition.state())
                .withData("connections", condition.connections())
                .build();
    }
}
