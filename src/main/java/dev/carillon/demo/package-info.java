/**
 * The demo back office: what somebody who uses Carillon would write, and nothing else.
 *
 * <p>An EJB ({@link dev.carillon.demo.Orders}) changes a JPA entity and fires a notification in the same transaction;
 * topic handlers say who may listen; the pages in {@code webapp/demo} show what happened. {@link dev.carillon.demo.Mailbox}
 * and {@link dev.carillon.demo.OrderExport} use topics that are ready. The package is part of {@code carillon-demo.war} only.
 * It imports the public API of the library ({@code dev.carillon.notification}, {@code outdated}, {@code ready} and {@code
 * topic}) and Jakarta EE; nothing imports it.
 */
@NullMarked
package dev.carillon.demo;

import org.jspecify.annotations.NullMarked;
