package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.it.badprocedures.Forgotten;
import dev.carillon.it.badprocedures.Guarded;
import dev.carillon.it.badprocedures.Mistakes;
import dev.carillon.it.login.AccountServlet;
import dev.carillon.it.procedures.Orders;
import dev.carillon.security.BackendTickets;
import dev.carillon.support.Browser;
import dev.carillon.support.Library;
import dev.carillon.support.RawWebSocket;
import jakarta.transaction.Status;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods as procedures, and sessions in process, in an application that has the library in WEB-INF/lib. */
@ExtendWith(ArquillianExtension.class)
class ProcedureIT {

    private static final String REALM = "carillon";
    private static final String SECRET = "a secret that only tests know";

    private static final Path LOG = Path.of(System.getProperty("jboss.home", ""), "standalone", "log", "server.log");

    @ArquillianResource
    @OperateOnDeployment("good")
    private URL deployment;

    @ArquillianResource
    private Deployer deployer;

    private RawWebSocket alice; // sales
    private RawWebSocket admin; // administrator
    private RawWebSocket backend;
    private int requests;
    private int loggedBefore;

    @Deployment(name = "good", testable = false)
    static WebArchive application() {
        return Library.warWithLogin("procedures.war", Orders.class.getPackage())
                // No carillon.security.roles: those in @RolesAllowed are asked for of themselves.
                .addAsResource(
                        new StringAsset("carillon.realms=intern\ncarillon.backend.secret=" + SECRET),
                        "META-INF/microprofile-config.properties");
    }

    @Deployment(name = "bad", managed = false, testable = false)
    static WebArchive mistakes() {
        return Library.war("mistakes.war", Mistakes.class.getPackage());
    }

    @Deployment(name = "forgotten", managed = false, testable = false)
    static WebArchive forgotten() {
        return Library.war("forgotten.war", AccountServlet.class.getPackage()).addClass(Forgotten.class);
    }

    @BeforeEach
    void logIn() throws Exception {
        loggedBefore = Files.readString(LOG).length();
        alice = welcomed(new Browser(deployment.toURI()).logIn("alice", "alice").join(REALM));
        admin = welcomed(new Browser(deployment.toURI()).logIn("admin", "admin").join(REALM));
        backend = backendIn(REALM);
    }

    @AfterEach
    void logOut() {
        alice.close();
        admin.close();
        backend.close();
    }

    // --- Rights ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "alice,   orders.nothing,         true", // nothing is said: whoever is logged in
        "admin,   orders.nothing,         true",
        "backend, orders.nothing,         true",
        "alice,   orders.total,           true", // @RolesAllowed("sales")
        "admin,   orders.total,           false",
        "backend, orders.total,           false",
        "alice,   orders.open,            true",
        "alice,   orders.closed,          false",
        "admin,   orders.closed,          false",
        "alice,   administration.restart, false", // @RolesAllowed("administrator") on the class
        "admin,   administration.restart, true",
        "alice,   administration.version, true", // @PermitAll on the method
        "alice,   stock.secret,           true", // @Procedure(roles = "sales") on a session bean
        "admin,   stock.secret,           false",
        "alice,   somebody.elses,         false", // not the application's own
    })
    void annotationsSayWhoMayCall(String who, String procedure, boolean allowed) {
        RawWebSocket socket = who.equals("alice") ? alice : who.equals("admin") ? admin : backend;
        String arguments = procedure.equals("orders.total") ? ",[3,4]" : "";
        String answer = calls(socket, procedure, arguments);
        if (allowed) {
            assertThat(answer).startsWith("[50,");
        } else {
            assertThat(answer).startsWith("[8,48,").contains("wamp.error.not_authorized");
        }
    }

    @Test
    void aProcedureTellsOfItsProgressAndIsInterruptedWhenItsCallerDoesNotWaitAnyMore() {
        alice.says("[48,9001,{'receive_progress':true},'errands.wait']");
        assertThat(alice.hears()).isEqualTo(json("[50,9001,{'progress':true},['begun']]"));
        alice.says("[49,9001,{'mode':'kill'}]");
        assertThat(alice.hears())
                .isEqualTo(json("[8,48,9001,{},'wamp.error.canceled',['the procedure was interrupted']]"));
    }

    @Test
    void rightsAreCheckedBeforeArguments() {
        assertThat(calls(admin, "orders.total", ",['no number']")).contains("wamp.error.not_authorized");
    }

    @Test
    void aPageCannotRegister() {
        assertThat(alice.says("[64,1,{},'orders.mine']").hears()).contains("wamp.error.not_authorized");
    }

    // --- Arguments and results -------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders.total   | ,[3,4]                                             | [50,N,{},[12]]",
                "orders.total   | ,[3,4,'EUR']                                       | [50,N,{},[15]]",
                "orders.total   | ,[3],{'currency':'EUR','months':4}                 | [50,N,{},[15]]",
                "orders.total   | ,[],{'customer':3,'months':4}                      | [50,N,{},[12]]",
                "orders.items   | ,[[{'id':1,'customer':'x','items':['a','b']},{'id':2,'items':['c']}]] | [50,N,{},[['a','b','c']]]",
                "orders.nothing |                                                    | [50,N,{}]",
                "orders.none    |                                                    | [50,N,{},[null]]",
                "counter.add    | ,[2,3]                                             | [50,N,{},[5]]",
            })
    void argumentsAndResultsAreMapped(String procedure, String arguments, String answer) {
        assertThat(calls(alice, procedure, arguments)).isEqualTo(json(answer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders.total   | ,[3]                       | argument 2 ('months') is missing",
                "orders.total   | ,[3,4,'EUR',5]             | the procedure takes at most 3 arguments, and got 4",
                "orders.nothing | ,[1]                       | the procedure takes no arguments, and got 1",
                "orders.total   | ,['three',4]               | argument 1 ('customer') must be an integer that fits into 64 bits",
                "orders.total   | ,[3,4.5]                   | argument 2 ('months') must be an integer that fits into 32 bits",
                "orders.total   | ,[3,4000000000]            | argument 2 ('months') must be an integer that fits into 32 bits",
                "orders.total   | ,[null,4]                  | argument 1 ('customer') must be an integer that fits into 64 bits, not null",
                "orders.total   | ,[3,4],{'months':4}        | argument 2 ('months') is given twice, by position and by name",
                "orders.total   | ,[3,4],{'month':4}         | the procedure has no parameter 'month'",
                "orders.items   | ,['no list']               | argument 1 ('orders') must be of another form",
                "orders.total   | ,[-3,11]                   | total.customer must be greater than 0; total.months must be less than or equal to 10",
                "orders.first   | ,[['Annabelle']]           | first.<return value> size must be between 0 and 3",
                "stock.take     | ,[0]                       | take.count must be greater than 0",
            })
    void whatDoesNotFitIsSaidToTheCaller(String procedure, String arguments, String sentence) {
        assertThat(calls(alice, procedure, arguments))
                .isEqualTo("[8,48," + requests + ",{},\"wamp.error.invalid_argument\",[\"" + sentence + "\"]]");
    }

    // --- What the application says, and what it must not say --------------------------------------------------------

    @Test
    void anErrorOfTheApplicationReachesTheCaller() {
        assertThat(calls(alice, "orders.sell", ",['tea']"))
                .isEqualTo(json("[8,48,N,{},'shop.error.sold_out',['no tea is left']]"));
        assertThat(calls(alice, "stock.sell", ""))
                .isEqualTo(json("[8,48,N,{},'shop.error.sold_out',['nothing is left']]"));
        assertThat(calls(alice, "stock.end", ""))
                .as("how the transaction of the session bean ended")
                .isEqualTo(json("[50,N,{},[" + Status.STATUS_ROLLEDBACK + "]]"));
    }

    @Test
    void anyOtherFailureIsForTheLogOnly() throws IOException {
        for (String procedure : new String[] {"orders.break", "stock.break"}) {
            assertThat(calls(alice, procedure, ""))
                    .isEqualTo(json("[8,48,N,{},'carillon.error.internal',"
                            + "['the procedure failed; the log of its application says how']]"));
            assertThat(serverLog())
                    .contains("CAR-501 the procedure " + procedure + " failed")
                    .contains("an internal secret");
        }
    }

    // --- Where a procedure runs -------------------------------------------------------------------------------------

    @Test
    void theCallerIsKnown() {
        assertThat(calls(alice, "orders.who", "")).matches("\\[50,\\d+,\\{},\\[\"alice \\d+ true false\"]]");
        assertThat(calls(admin, "orders.who", "")).matches("\\[50,\\d+,\\{},\\[\"admin \\d+ false true\"]]");
        assertThat(calls(backend, "orders.who", "")).contains("\"backend ");
    }

    @Test
    void nobodysIdentityLeaksIntoTheThreadsOfProcedures() {
        for (RawWebSocket socket : new RawWebSocket[] {alice, admin, backend, alice}) {
            assertThat(calls(socket, "stock.principal", "")).isEqualTo(json("[50,N,{},['anonymous']]"));
        }
    }

    @Test
    void everyCallHasARequestOfItsOwn() {
        assertThat(calls(alice, "orders.visits", "")).isEqualTo(json("[50,N,{},[2]]"));
        assertThat(calls(alice, "orders.visits", "")).isEqualTo(json("[50,N,{},[2]]"));
    }

    @Test
    void transactionsAreThoseOfTheBean() {
        assertThat(calls(alice, "stock.take", ",[1]"))
                .isEqualTo(json("[50,N,{},['taken in status " + Status.STATUS_ACTIVE + " by alice']]"));
        assertThat(calls(alice, "stock.look", "")).isEqualTo(json("[50,N,{},[" + Status.STATUS_NO_TRANSACTION + "]]"));
        assertThat(calls(alice, "ledger.with", "")).isEqualTo(json("[50,N,{},[" + Status.STATUS_ACTIVE + "]]"));
        assertThat(calls(alice, "ledger.without", ""))
                .isEqualTo(json("[50,N,{},[" + Status.STATUS_NO_TRANSACTION + "]]"));
    }

    @Test
    void aResultThatComesLaterBlocksNobody() {
        for (int i = 1; i <= 50; i++) { // more than there are threads
            alice.says("[48," + i + ",{},'orders.await']");
        }
        requests = 50;
        alice.says("[48,51,{},'orders.deliver',['tea']]");
        int delivered = 0;
        for (int i = 1; i <= 51; i++) {
            delivered += alice.hears().endsWith("[\"tea\"]]") ? 1 : 0;
        }
        assertThat(delivered).isEqualTo(50);
    }

    // --- Sessions in process ---------------------------------------------------------------------------------------

    @Test
    void theApplicationCallsAPagesProcedure() {
        backend.says("[64,1,{},'page.answer']");
        assertThat(backend.hears()).startsWith("[65,1,");
        for (String how : new String[] {"errands.ask", "errands.ask_later"}) {
            alice.says("[48," + ++requests + ",{},'" + how + "',['page.answer','how many?']]");
            String invocation = backend.hears();
            assertThat(invocation).startsWith("[68,").endsWith(",{},[\"how many?\"]]"); // no caller is disclosed
            backend.says("[70," + invocation.split(",")[1] + ",{},['42']]");
            alice.hears(json("[50,N,{},['42']]"));
        }
        assertThat(calls(alice, "errands.ask_later", ",['nobodys.procedure','?']"))
                .isEqualTo(json("[50,N,{},['failed: wamp.error.no_such_procedure']]"));
    }

    @Test
    void theApplicationPublishesWithAResult() {
        assertThat(admin.says("[32,1,{},'news/today']").hears()).startsWith("[33,1,");
        String publication =
                calls(alice, "errands.publish", ",['news/today','rain']").replaceAll(".*\\[(\\d+)]]", "$1");
        assertThat(admin.hears())
                .startsWith("[36,")
                .contains("," + publication + ",")
                .endsWith(",[\"rain\"]]");

        assertThat(calls(alice, "errands.publish", ",['nobodys/topic','rain']")).contains("carillon.error.internal");
    }

    @Test
    void theApplicationPublishesInAnotherRealm() {
        try (RawWebSocket elsewhere = backendIn("intern")) {
            assertThat(elsewhere.says("[32,1,{},'news/today']").hears()).startsWith("[33,1,");
            assertThat(calls(alice, "errands.publish_elsewhere", ",['intern','news/today','rain']"))
                    .startsWith("[50,");
            assertThat(elsewhere.hears()).endsWith(",[\"rain\"]]");
            assertThat(elsewhere.says("[48,1,{},'orders.open']").hears())
                    .as("procedures are in every realm")
                    .isEqualTo("[50,1,{},[\"open\"]]");
        }
    }

    @Test
    void theApplicationListens() {
        String topic = "news/" + UUID.randomUUID();
        calls(alice, "errands.listen", ",['" + topic + "']");
        backend.says("[16,1,{},'" + topic + "',['one']]").says("[16,2,{},'" + topic + "',['two']]");
        assertThat(calls(alice, "errands.heard", "")).isEqualTo(json("[50,N,{},['one on visit 1, not called']]"));
        assertThat(calls(alice, "errands.heard", "")).isEqualTo(json("[50,N,{},['two on visit 1, not called']]"));
    }

    @Test
    void theApplicationServesWhatOnlyItsOwnMayCall() {
        calls(alice, "errands.serve", ",['application.pair']");
        assertThat(calls(backend, "application.pair", ",[1,2]")).isEqualTo(json("[50,N,{},[['application.pair',2]]]"));
        assertThat(calls(alice, "application.pair", ",[1,2]")).contains("wamp.error.not_authorized");
    }

    // --- Deployment --------------------------------------------------------------------------------------------------

    @Test
    void mistakesStopTheDeploymentAndAreToldAllAtOnce() throws IOException {
        assertThatThrownBy(() -> deployer.deploy("bad"));
        String mistakes = Mistakes.class.getName();
        assertThat(serverLog())
                .contains(
                        "CAR-122 " + mistakes + "$Uris.empty(): 'orders..total' is not a legal URI",
                        "CAR-122 " + mistakes + "$Uris.reserved(): URIs below 'wamp.' are reserved",
                        "' is served by " + mistakes,
                        "CAR-121 " + mistakes + "$Methods.hidden(): the container can call public methods only",
                        "CAR-121 " + mistakes + "$Methods.ofTheClass(): the container can call public methods only",
                        "CAR-121 " + mistakes + "$Methods.future(): nobody says when a Future is there",
                        "CAR-124 " + mistakes + "$Methods.contradiction(): only one of @RolesAllowed, @PermitAll",
                        "CAR-124 " + Guarded.class.getName() + ".roles(): the EJB container enforces @RolesAllowed too",
                        "CAR-121 " + mistakes + "$Proxied.last(): the scope @ApplicationScoped needs a proxy",
                        "CAR-121 " + mistakes
                                + "$Unfinished.nobodyWritesIt() cannot be called: its class is not a bean");
    }

    @Test
    void aProcedureInAClassThatIsNoBeanStopsTheDeploymentToo() throws IOException {
        assertThatThrownBy(() -> deployer.deploy("forgotten"));
        assertThat(serverLog())
                .contains("CAR-121 " + Forgotten.class.getName()
                        + ".forgotten() cannot be called: its class is not a bean");
    }

    private String calls(RawWebSocket socket, String procedure, String arguments) {
        String call = "[48," + ++requests + ",{},'" + procedure + "'" + (arguments == null ? "" : arguments) + "]";
        return socket.says(call).hears();
    }

    /** Single quotes stand for double ones, N for the number of the last request. */
    private String json(String text) {
        return text.replace('\'', '"').replace(",N,", "," + requests + ",");
    }

    private RawWebSocket backendIn(String realm) throws RuntimeException {
        try {
            String ticket = new BackendTickets(SECRET, InstantSource.system())
                    .issue(Instant.now().plusSeconds(60), UUID.randomUUID().toString());
            RawWebSocket socket = RawWebSocket.open(new Browser(deployment.toURI()).endpoint());
            return welcomed(Browser.authenticate(socket, realm, ticket));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RawWebSocket welcomed(RawWebSocket socket) {
        assertThat(socket.hears()).startsWith("[2,");
        return socket;
    }

    /** What the server has logged since this test began; the file has earlier runs, too. */
    private String serverLog() throws IOException {
        return Files.readString(LOG).substring(loggedBefore);
    }
}
