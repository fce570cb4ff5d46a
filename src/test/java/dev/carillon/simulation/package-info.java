/**
 * Random schedules against the whole router in memory: sessions of several realms come, do what sessions do, misbehave and
 * go, and a model that knows nothing but the specification says what each of them must hear.
 *
 * <p>A failure names its seed; {@code mvn test -Dtest=RandomScheduleTest -Dcarillon.seed=N} plays exactly that run again.
 * {@code mvn -Plong test} plays as many random ones as two minutes hold.
 *
 * <p>The guarantees: Basic Profile, "Ordering Guarantees" in the security model, "Publish and Subscribe", "Remote Procedure
 * Calls", and "IDs".
 */
@NullMarked
package dev.carillon.simulation;

import org.jspecify.annotations.NullMarked;
