/** Declarations of topics, each with a mistake, for {@code DeploymentIT}. */
@NullMarked
package dev.carillon.it.mistakes;

import org.jspecify.annotations.NullMarked;
