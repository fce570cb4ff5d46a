package dev.carillon.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Authorizer.Request;
import dev.carillon.security.DynamicAuthorizer.Decision;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Authorization". */
class GrantsTest {

    private static final Identity ALICE = new Identity("alice", "sales", Set.of("sales"), "ticket", "container");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sales: publish exact chat.sales | PUBLISH | exact chat.sales | true",
                "sales: publish exact chat.sales | PUBLISH | exact chat.salesmen | false",
                "sales: publish exact chat.sales | SUBSCRIBE | exact chat.sales | false",
                "buyers: publish exact chat.sales | PUBLISH | exact chat.sales | false",
                "sales: publish, subscribe prefix chat. | SUBSCRIBE | exact chat.any.thing | true",
                "sales: call wildcard shop..total | CALL | exact shop.x.total | true",
                "sales: call wildcard shop..total | CALL | exact shop.x.y.total | false",
                "sales: register prefix shop. | REGISTER | exact shop.x | true",
                "sales: subscribe exact a.b | SUBSCRIBE | prefix a.b | false",
                "sales: subscribe exact a.b | SUBSCRIBE | wildcard a.b | false",
                "sales: subscribe prefix a. | SUBSCRIBE | prefix a.b | true",
                "sales: subscribe exact a.b in shop | SUBSCRIBE | exact a.b | true",
                "sales: subscribe exact a.b in stock | SUBSCRIBE | exact a.b | false"
            })
    void aPermissionGrantsItsActionsOnItsUrisToItsRoleInItsRealm(
            String permission, Action action, String asked, boolean granted) {
        Grants grants = new Grants(List.of(Permission.parse(permission)), List.of());
        assertThat(grants.grant(request(action, asked))).isEqualTo(granted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sales publish exact a",
                "sales: exact a",
                "sales: publish a",
                "sales: publish exact",
                "sales: shout exact a",
                "sales: publish regex a",
                "sales: publish exact a in",
                ""
            })
    void whatIsNoPermissionIsRefusedWithWhatIsLegal(String text) {
        assertThatThrownBy(() -> Permission.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("permissions has ")
                .hasMessageContaining("must be");
    }

    @Test
    void nothingGrantsNothing() {
        assertThat(Grants.NONE.grant(request(Action.PUBLISH, "exact a"))).isFalse();
    }

    @Test
    void dynamicAuthorizersGrantAndOneDenialDecides() {
        Request request = request(Action.PUBLISH, "exact a");
        assertThat(dynamic(Decision.ABSTAIN, Decision.GRANT).grant(request)).isTrue();
        assertThat(dynamic(Decision.ABSTAIN).grant(request)).isFalse();
        assertThatThrownBy(() -> dynamic(Decision.GRANT, Decision.DENY).grant(request))
                .isInstanceOfSatisfying(
                        WampError.class, error -> assertThat(error.uri()).isEqualTo(ErrorUri.NOT_AUTHORIZED));
    }

    @Test
    void aDenialOutweighsAPermission() {
        Grants grants =
                new Grants(List.of(Permission.parse("sales: publish exact a")), List.of(request -> Decision.DENY));
        assertThatThrownBy(() -> grants.grant(request(Action.PUBLISH, "exact a")))
                .isInstanceOf(WampError.class);
    }

    @Test
    void dynamicAuthorizersAreToldTheMatchPolicy() {
        Grants grants = new Grants(
                List.of(),
                List.of(request -> request.uris().policy() == MatchPolicy.EXACT ? Decision.GRANT : Decision.ABSTAIN));
        assertThat(grants.grant(request(Action.SUBSCRIBE, "exact a"))).isTrue();
        assertThat(grants.grant(request(Action.SUBSCRIBE, "prefix a"))).isFalse();
    }

    private static Grants dynamic(Decision... decisions) {
        return new Grants(
                List.of(),
                List.of(decisions).stream()
                        .map(decision -> (DynamicAuthorizer) request -> decision)
                        .toList());
    }

    private static Request request(Action action, String pattern) {
        String[] parts = pattern.split(" ");
        return new Request(
                "shop",
                action,
                new UriPattern(MatchPolicy.of(parts[0]).orElseThrow(), new Uri(parts[1])),
                ALICE,
                new SessionId(1));
    }
}
