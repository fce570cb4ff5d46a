/**
 * Pages learn that what they show was changed: {@link dev.carillon.outdated.ContentTag} names what a page shows,
 * {@link dev.carillon.outdated.ContentListener} notices what JPA changes, and {@link dev.carillon.outdated.ContentRights}
 * says who may learn of it. Imports {@code notification}, {@code topic}, {@code router} and below.
 *
 * <p>Jakarta Persistence 3.1, "Entity Listeners and Callback Methods". Only {@code EntityTags}, {@code EntityType} and
 * {@code ContentListener} know of JPA, and only {@code HibernateCollections} of Hibernate; they are loaded where it is there.
 */
@NullMarked
package dev.carillon.outdated;

import org.jspecify.annotations.NullMarked;
