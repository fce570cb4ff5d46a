package dev.carillon.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.security.AllowedOrigins;
import dev.carillon.security.Origins;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginsSettingTest {

    private final Map<String, String> values = new HashMap<>(Map.of("carillon.origins", "https://old.example"));
    private final AllowedOrigins allowed = new AllowedOrigins(new Origins(List.of("https://old.example")));
    private final OriginsSetting setting = new OriginsSetting(
            new Configuration() {
                @Override
                public Optional<String> get(String key) {
                    return Optional.ofNullable(values.get(key));
                }

                @Override
                public Set<String> keys() {
                    return values.keySet();
                }
            },
            allowed);

    @Test
    void aChangeCountsFromTheNextLook() {
        values.put("carillon.origins", "https://new.example, https://*.example.com");
        assertThat(isAllowed("https://new.example")).isFalse();
        setting.look();
        assertThat(isAllowed("https://new.example")).isTrue();
        assertThat(isAllowed("https://shop.example.com")).isTrue();
        assertThat(isAllowed("https://old.example")).isFalse();
        values.remove("carillon.origins");
        setting.look();
        assertThat(isAllowed("https://new.example")).isFalse();
    }

    @Test
    void whatIsNotLegalChangesNothing() {
        values.put("carillon.origins", "https://new.example, rubbish");
        setting.look();
        assertThat(isAllowed("https://old.example")).isTrue();
        assertThat(isAllowed("https://new.example")).isFalse();
        values.put("carillon.origins", "https://new.example");
        setting.look();
        assertThat(isAllowed("https://new.example")).isTrue();
    }

    private boolean isAllowed(String origin) {
        return allowed.allow(origin, "server");
    }
}
