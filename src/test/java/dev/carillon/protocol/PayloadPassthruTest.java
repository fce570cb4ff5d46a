package dev.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PayloadPassthruTest {

    private static final Features ANNOUNCED = new Features(Set.of("caller.payload_passthru_mode"));

    @Test
    void theAttributesAreTakenAndNothingElse() {
        Dict options = new Dict(Map.of(
                "ppt_scheme", "wamp", "ppt_serializer", "cbor", "ppt_cipher", "aes256gcm", "ppt_keyid", "k", "x", 1));
        assertThat(PayloadPassthru.of(options).entries())
                .isEqualTo(Map.of(
                        "ppt_scheme", "wamp", "ppt_serializer", "cbor", "ppt_cipher", "aes256gcm", "ppt_keyid", "k"));
        assertThat(PayloadPassthru.of(Dict.of("ppt_scheme", "mqtt")).entries()).isEqualTo(Map.of("ppt_scheme", "mqtt"));
    }

    @Test
    void withoutASchemeTheModeIsNotInUse() {
        assertThat(PayloadPassthru.of(Dict.EMPTY)).isSameAs(Dict.EMPTY);
        assertThat(PayloadPassthru.of(Dict.of("ppt_keyid", "k"))).isSameAs(Dict.EMPTY);
        assertThat(PayloadPassthru.of(Dict.of("ppt_scheme", ""), Features.NONE, "caller"))
                .isSameAs(Dict.EMPTY);
    }

    @Test
    void anAttributeIsAString() {
        assertThatThrownBy(() -> PayloadPassthru.of(Dict.of("ppt_scheme", 1))).isInstanceOf(WampError.class);
        assertThatThrownBy(() -> PayloadPassthru.of(new Dict(Map.of("ppt_scheme", "x", "ppt_keyid", true))))
                .isInstanceOf(WampError.class);
    }

    @Test
    void whoHasNotAnnouncedTheModeInThisRoleMustNotUseIt() {
        Dict options = Dict.of("ppt_scheme", "mqtt");
        assertThat(PayloadPassthru.of(options, ANNOUNCED, "caller")).isEqualTo(options);
        assertThatThrownBy(() -> PayloadPassthru.of(options, ANNOUNCED, "publisher"))
                .isInstanceOf(ProtocolViolation.class);
    }
}
