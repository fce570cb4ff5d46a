package dev.carillon.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.support.HandMovedClock;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, in front of the login and behind it, and what the others are answered. */
class GateTest {

    private static final String HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private final HandMovedClock clock = new HandMovedClock();
    private final Maintenance maintenance = new Maintenance(clock, clock, change -> {}, topic -> {});
    private final MaintenanceSettings settings = new MaintenanceSettings(
            Optional.empty(),
            List.of("/login.xhtml", "/assets/*", "*.css"),
            List.of("10.0.0.0/8"),
            List.of("administrator"),
            Optional.empty());
    private Visit visit = new Visit("/orders.xhtml");

    @Test
    void everybodyGetsInUntilItIsClosed() throws IOException {
        assertThat(visit.getsIn()).isTrue();
        maintenance.announce(MaintenancePlan.at(clock.instant().plusSeconds(60)));
        assertThat(visit.getsIn()).isTrue();
        clock.move(Duration.ofSeconds(60));
        assertThat(visit.getsIn()).isFalse();
        maintenance.unlock("admin");
        assertThat(visit.getsIn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/login.xhtml, true",
        "/login.xhtml/more, false",
        "/assets/logo.svg, true",
        "/assets, true",
        "/assets-not, false",
        "/deep/down/main.css, true",
        "/css, false",
        "/wamp, true",
        "/wamp/ticket, true",
        "/wampum, false",
        "/carillon/carillon.js, true",
        "/carillonneur, false",
        "/, false",
    })
    void somePathsStayOpen(String path, boolean open) throws IOException {
        maintenance.lock(MaintenancePlan.now());
        assertThat(new Visit(path).getsIn()).isEqualTo(open);
    }

    @Test
    void someAddressesGetIn() throws IOException {
        maintenance.lock(MaintenancePlan.now());
        visit.address = "10.1.2.3";
        assertThat(visit.getsIn()).isTrue();
        visit.address = "192.0.2.1";
        assertThat(visit.getsIn()).isFalse();
    }

    @Test
    void whoHasTheRoleGetsInAndOtherUsersPassTheFirstDoorOnly() throws IOException {
        maintenance.lock(MaintenancePlan.now());
        visit.attributes = new HashMap<>(Map.of(Gate.LOGIN, true));
        visit.roles = Set.of("administrator");
        assertThat(visit.getsIn()).isTrue();
        visit.roles = Set.of("sales");
        assertThat(visit.passesBeforeLogin()).isTrue();
        assertThat(visit.passes()).isFalse();
        assertThat(visit.status).isEqualTo(503);
    }

    @Test
    void aSessionWithoutALoginStaysOutsideAndOneThatLogsInPasses() throws IOException {
        maintenance.lock(MaintenancePlan.now());
        visit.attributes = new HashMap<>();
        assertThat(visit.passesBeforeLogin()).isFalse();
        Visit form = new Visit("/j_security_check");
        form.method = "POST";
        assertThat(form.passesBeforeLogin()).isTrue();
        assertThat(form.attributes).containsEntry(Gate.LOGIN, true);
        form.method = "GET";
        form.attributes = null;
        assertThat(form.passesBeforeLogin()).isFalse();
        visit.attributes = null;
        visit.headers.put("Authorization", "Basic eA==");
        assertThat(visit.passesBeforeLogin()).isTrue();
        assertThat(visit.passes()).isFalse();
    }

    @Test
    void withoutRolesNobodyLogsIn() throws IOException {
        maintenance.lock(MaintenancePlan.now());
        Gate gate = new Gate(maintenance, MaintenanceSettings.DEFAULT, page());
        Visit form = new Visit("/j_security_check");
        form.method = "POST";
        assertThat(gate.letsInBeforeLogin(form.request(), form.response())).isFalse();
    }

    @Test
    void aBrowserIsShownAPage() throws IOException {
        maintenance.lock(MaintenancePlan.now()
                .saying("Better <soon> & \"faster\"")
                .until(clock.instant().plusSeconds(90)));
        visit.headers.put("Accept", HTML);
        assertThat(visit.getsIn()).isFalse();
        assertThat(visit.status).isEqualTo(503);
        assertThat(visit.answered)
                .containsEntry("Retry-After", "91")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Content-Type", "text/html;charset=UTF-8");
        assertThat(visit.body.toString())
                .contains("Better &lt;soon&gt; &amp; &quot;faster&quot;", "datetime=\"2026-11-21T10:01:30Z\"")
                .contains("href=\"/shop/carillon/carillon.css\"", "content=\"47\"")
                .doesNotContain("{");
    }

    @Test
    void aScriptIsAnsweredInJson() throws IOException {
        maintenance.lock(MaintenancePlan.now().saying("Back \"soon\""));
        visit.headers.put("Accept", "application/json");
        assertThat(visit.getsIn()).isFalse();
        assertThat(visit.answered)
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Retry-After", "120");
        assertThat(visit.body)
                .hasToString("{\"error\":\"maintenance\",\"message\":\"Back \\\"soon\\\"\",\"end\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | true",
                "application/problem+json, */* | true",
                "Application/JSON;q=0.9 | true",
                HTML + " | false",
                "text/html, application/json | false",
                "*/* | false",
                "'' | false",
            })
    void jsonIsForThoseWhoAskForIt(String accept, boolean json) {
        assertThat(ClosedPage.wantsJson(accept)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({"600, 601", "1, 5", "0, 120", "-60, 120"})
    void retryAfterIsThePlannedEndIfThatIsToCome(long seconds, int expected) {
        MaintenanceStatus status = new MaintenanceStatus(
                MaintenanceStatus.State.CLOSED, "", null, null, clock.instant().plusSeconds(seconds), null);
        assertThat(page().retryAfter(status)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.xhtml", "/a*b", "*", "*.a/b", "/a/*/b", "*.*"})
    void aPathThatIsNoneIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaintenanceSettings(
                        Optional.empty(), List.of(path), List.of(), List.of(), Optional.empty()))
                .withMessageStartingWith("maintenance.allow.paths has '" + path + "'");
    }

    @Test
    void eachApplicationHasAFileOfItsOwn() {
        assertThat(MaintenanceSettings.DEFAULT.file("/shop/v2").getFileName()).hasToString("shop-v2.json");
        assertThat(MaintenanceSettings.DEFAULT.file("").getFileName()).hasToString("ROOT.json");
        assertThat(new MaintenanceSettings(
                                Optional.of("closed.json"), List.of(), List.of(), List.of(), Optional.empty())
                        .file("/shop"))
                .hasToString("closed.json");
    }

    private ClosedPage page() {
        return new ClosedPage(ClosedPage.standard(), clock, most -> 17);
    }

    private final class Visit {
        final Map<String, String> headers = new HashMap<>();
        final Map<String, String> answered = new HashMap<>();
        final StringWriter body = new StringWriter();
        final String path;
        String method = "GET";
        String address = "192.0.2.1";
        Set<String> roles = Set.of();
        Map<String, Object> attributes; // null: no HTTP session
        int status;

        Visit(String path) {
            this.path = path;
        }

        boolean getsIn() throws IOException {
            return passesBeforeLogin() && passes();
        }

        boolean passesBeforeLogin() throws IOException {
            return new Gate(maintenance, settings, page()).letsInBeforeLogin(request(), response());
        }

        boolean passes() throws IOException {
            return new Gate(maintenance, settings, page()).letsIn(request(), response());
        }

        HttpServletRequest request() {
            return fake(HttpServletRequest.class, (proxy, called, arguments) -> switch (called.getName()) {
                case "getServletPath" -> path;
                case "getPathInfo" -> null;
                case "getContextPath" -> "/shop";
                case "getMethod" -> method;
                case "getRemoteAddr" -> address;
                case "getHeader" -> headers.get(arguments[0]);
                case "isUserInRole" -> roles.contains(arguments[0]);
                case "getSession" -> session(arguments == null || (Boolean) arguments[0]);
                default -> throw new UnsupportedOperationException(called.getName());
            });
        }

        private HttpSession session(boolean create) {
            if (attributes == null && create) {
                attributes = new HashMap<>();
            }
            return attributes == null
                    ? null
                    : fake(HttpSession.class, (proxy, called, arguments) -> switch (called.getName()) {
                        case "getAttribute" -> attributes.get(arguments[0]);
                        case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                        default -> throw new UnsupportedOperationException(called.getName());
                    });
        }

        HttpServletResponse response() {
            return fake(HttpServletResponse.class, (proxy, called, arguments) -> switch (called.getName()) {
                case "setStatus" -> status = (Integer) arguments[0];
                case "setHeader", "setIntHeader" -> answered.put((String) arguments[0], arguments[1].toString());
                case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
                case "setCharacterEncoding" -> null;
                case "getWriter" -> new PrintWriter(body, true);
                default -> throw new UnsupportedOperationException(called.getName());
            });
        }

        private <T> T fake(Class<T> type, InvocationHandler behaviour) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, behaviour));
        }
    }
}
