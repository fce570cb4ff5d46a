package dev.carillon.realm;

import dev.carillon.executor.Timers;
import dev.carillon.metrics.Metrics;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What a realm needs from outside.
 *
 * @param ids random ids of sessions and publications
 * @param later runs application code that nobody waits for, in order
 */
public record Surroundings(LongSupplier ids, InstantSource clock, Timers timers, Executor later, Metrics metrics) {}
