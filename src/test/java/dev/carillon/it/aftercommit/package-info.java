/** What the test WAR of {@link dev.carillon.it.AfterCommitIT} holds: what a user of the library would write, in small. */
@NullMarked
package dev.carillon.it.aftercommit;

import org.jspecify.annotations.NullMarked;
