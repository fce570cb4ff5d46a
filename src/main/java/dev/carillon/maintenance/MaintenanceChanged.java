package dev.carillon.maintenance;

/**
 * A CDI event: the application was announced to be closed, or was closed, or is open again. Observed on a thread of the
 * application, with a request context, in order, when it has happened; {@code now} may have been followed by something else already.
 */
public record MaintenanceChanged(MaintenanceStatus before, MaintenanceStatus now) {}
