/**
 * The demo back office: what somebody who uses Carillon would write, and nothing else.
 *
 * <p>An EJB ({@link dev.carillon.demo.Orders}) changes a JPA entity and fires a notification in the same transaction;
 * two topic handlers say who may listen; the pages in {@code webapp/demo} show what happened. The package is part of
 * {@code carillon-demo.war} only. It imports the public API of the library ({@code dev.carillon.notification} and
 * {@code dev.carillon.topic}) and Jakarta EE; nothing imports it.
 */
@NullMarked
package dev.carillon.demo;

import org.jspecify.annotations.NullMarked;
