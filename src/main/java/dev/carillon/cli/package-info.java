/**
 * The command line: {@code Carillon} and one class for each command. In {@code carillon-cli.jar} only.
 * Imports {@code remote}, {@code client}, {@code security} and what these need; the one package that writes to standard
 * output.
 */
@NullMarked
package dev.carillon.cli;

import org.jspecify.annotations.NullMarked;
