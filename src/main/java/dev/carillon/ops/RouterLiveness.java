package dev.carillon.ops;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether the router still looks after its connections. Becomes a bean where MicroProfile Health is. */
@Liveness
public class RouterLiveness implements HealthCheck {

    private final Condition condition;

    @Inject
    RouterLiveness(Condition condition) {
        this.condition = condition;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("carillon").status(condition.isAlive()).build();
    }
}
