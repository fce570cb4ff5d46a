package dev.carillon.wiring;

import dev.carillon.admin.AdminProcedures;
import dev.carillon.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What administrators are served. */
@ApplicationScoped
class AdminWiring {

    @Produces
    @Singleton
    AdminProcedures adminProcedures(Topics topics) {
        SettingsReader reader = new SettingsReader(Configuration.ofServer());
        CarillonSettings settings = CarillonSettings.read(reader);
        return new AdminProcedures(
                topics,
                settings.permissions(),
                settings.admin(),
                reader.settings(),
                history -> settings.historyStore().isPresent()
                        && settings.histories().contains(history), // the library's own are in memory
                settings.realms());
    }
}
