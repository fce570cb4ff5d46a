/**
 * Closing a web application for some time: announced first, then closed for all but a few, then open again. Pages that are
 * open hear of it by the topic {@value dev.carillon.maintenance.MaintenanceTopic#TOPIC}; whoever comes later is answered 503.
 * Imports {@code router}, {@code executor}, {@code topic} and what is below. Undertow is met in one class only, which is
 * loaded where the server is made of it.
 */
@NullMarked
package dev.carillon.maintenance;

import org.jspecify.annotations.NullMarked;
