/**
 * The command line: {@code java -jar carillon-cli.jar}. One class for each command. Imports {@code remote} and what that has;
 * in {@code carillon-cli.jar} only.
 */
@NullMarked
package dev.carillon.cli;

import org.jspecify.annotations.NullMarked;
