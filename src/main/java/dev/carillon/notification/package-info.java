/**
 * What applications fire to notify: {@link dev.carillon.notification.Notification}, and how it reaches the router after
 * the business transaction has committed. Imports {@code router} and below.
 *
 * <p>Jakarta CDI 4.0, "Events"; Jakarta Transactions 2.0, {@code TransactionSynchronizationRegistry}.
 */
@NullMarked
package dev.carillon.notification;

import org.jspecify.annotations.NullMarked;
