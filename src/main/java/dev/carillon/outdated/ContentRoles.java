package dev.carillon.outdated;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * On an entity class: the roles that may learn when something of it was changed, and by whom, and who else views or edits
 * it. An entity that extends another needs its own. Without this, a {@link ContentRights} bean, and
 * {@code carillon.content.roles}, nobody may. The classes of the WAR and its libraries are searched for it.
 */
@Documented
@Retention(RUNTIME)
@Target(TYPE)
public @interface ContentRoles {

    /** One is enough. {@code **} is everybody who is logged in. */
    String[] value();
}
