package dev.carillon.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.client.ApplicationError;
import dev.carillon.local.LocalSessions;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Identity;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods as procedures without a container: who may call, how arguments are mapped, what the caller hears. */
class ProceduresTest {

    private static final Identity ALICE = new Identity("alice", "sales", Set.of("sales"), "ticket", "container");
    private static final Identity CARLA = new Identity("carla", "user", Set.of(), "ticket", "container");

    private final List<String> done = new ArrayList<>();
    private final CurrentCaller caller = new CurrentCaller();
    private final Shop shop = new Shop();
    private MethodConstraints constraints = MethodConstraints.NONE;

    public class Shop {
        final CompletableFuture<String> later = new CompletableFuture<>();

        public String total(long customer, Optional<String> currency, OptionalInt months) {
            return customer + " " + currency + " " + months;
        }

        public String name(@Nullable String first, List<Integer> numbers) {
            return first + numbers;
        }

        public void nothing() {
            done.add("nothing");
        }

        public Optional<String> perhaps(boolean there) {
            return there ? Optional.of("there") : Optional.empty();
        }

        public CompletionStage<Optional<String>> later() {
            return later.thenApply(Optional::of);
        }

        public String who() {
            return caller.name() + caller.isInRole("anonymous") + caller.isInRole("sales") + (caller.session() > 1000);
        }

        public int counted() {
            caller.progress(1);
            caller.progress(2, "of 3");
            return 3;
        }

        public void sold() {
            throw new ProcedureError("shop.error.sold_out", "sold out");
        }

        public void wrapped() {
            throw new EJBException(new ApplicationError("shop.error.sold_out", "sold out"));
        }

        public void broken() throws Exception {
            throw new java.io.IOException("secret");
        }
    }

    // --- Who may call
    // --------------------------------------------------------------------------------------------------

    @RolesAllowed("sales")
    public static class ForSales {
        public void inherited() {}

        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}
    }

    @DenyAll
    public static class Closed extends ForSales {
        public void own() {}
    }

    public static class Plain {
        public void plain() {}

        @RolesAllowed({"administrator", "sales"})
        public void several() {}

        @RolesAllowed("**")
        public void anybody() {}

        @RolesAllowed({})
        public void noRole() {}

        @PermitAll
        @DenyAll
        public void contradiction() {}
    }

    @ParameterizedTest
    @CsvSource({
        // method, alice (sales), carla (no role), visitor
        "plain,     true,  true,  false",
        "several,   true,  false, false",
        "anybody,   true,  true,  false",
        "noRole,    false, false, false",
        "inherited, true,  false, false", // the declaring class counts before the bean's
        "open,      true,  true,  true",
        "closed,    false, false, false",
        "own,       false, false, false",
    })
    void annotationsSayWhoMayCall(String method, boolean alice, boolean carla, boolean visitor) throws Exception {
        Class<?> bean = Arrays.stream(Plain.class.getMethods())
                        .anyMatch(each -> each.getName().equals(method))
                ? Plain.class
                : Closed.class;
        AllowedCallers allowed = allowed(bean, method);
        assertThat(allowed.allow(ALICE)).as("alice").isEqualTo(alice);
        assertThat(allowed.allow(CARLA)).as("carla").isEqualTo(carla);
        assertThat(allowed.allow(Identity.ANONYMOUS)).as("a visitor").isEqualTo(visitor);
    }

    @Test
    void theClassOfTheBeanCountsLast() throws Exception {
        assertThat(AllowedCallers.of(List.of(Plain.class.getMethod("plain"), Plain.class, ForSales.class))
                        .allow(CARLA))
                .isFalse();
    }

    @Test
    void annotationsMustNotContradictEachOther() {
        assertThatThrownBy(() -> allowed(Plain.class, "contradiction")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rightsAreForTheOwnProceduresAndTheOthersAreLeftToOthers() throws Exception {
        Procedures procedures =
                new Procedures(List.of(method("sales.only", ForSales.class.getMethod("inherited"), new ForSales())));
        List<String> others = new ArrayList<>();
        Authorizer rights =
                procedures.rights(request -> others.add(request.action() + " " + request.uri()), Authorizer.OPEN);

        assertThatCode(() -> call(rights, ALICE, "sales.only")).doesNotThrowAnyException();
        assertThatCode(() -> call(rights, Identity.APPLICATION, "sales.only")).doesNotThrowAnyException();
        assertThatThrownBy(() -> call(rights, CARLA, "sales.only"))
                .isInstanceOfSatisfying(
                        WampError.class, error -> assertThat(error.uri()).isEqualTo(ErrorUri.NOT_AUTHORIZED));
        Identity pretender = new Identity("application", "application", Set.of("application"), "ticket", "container");
        assertThatThrownBy(() -> call(rights, pretender, "sales.only")).isInstanceOf(WampError.class);
        assertThat(others).isEmpty();

        call(rights, CARLA, "page.procedure");
        rights.authorize(request(Authorizer.Action.REGISTER, "sales.only", CARLA));
        assertThat(others).containsExactly("CALL page.procedure", "REGISTER sales.only");
        assertThat(procedures.roles()).containsExactly("sales");
    }

    @Test
    void whatADynamicAuthorizerDeniesIsDeniedWhateverAnnotationsSay() throws Exception {
        Procedures procedures =
                new Procedures(List.of(method("sales.only", ForSales.class.getMethod("inherited"), new ForSales())));
        Authorizer rights = procedures.rights(Authorizer.OPEN, request -> {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, "not today");
        });
        assertThatThrownBy(() -> call(rights, ALICE, "sales.only")).isInstanceOf(WampError.class);
    }

    // --- Arguments
    // -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "total | ,[1]                                      | 1 Optional.empty OptionalInt.empty",
                "total | ,[1,null,null]                            | 1 Optional.empty OptionalInt.empty",
                "total | ,[1,'EUR',12]                             | 1 Optional[EUR] OptionalInt[12]",
                "total | ,[1],{'months':12}                        | 1 Optional.empty OptionalInt[12]",
                "total | ,[],{'months':12,'customer':1}            | 1 Optional.empty OptionalInt[12]",
                "name  | ,[null,[1,2]]                             | null[1, 2]",
            })
    void argumentsFindTheirParameters(String method, String arguments, String result) throws Exception {
        assertThat(answer(method, arguments)).isEqualTo("[50,1,{},[\"" + result + "\"]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "total   |                         | argument 1 ('customer') is missing",
                "total   | ,[null]                 | argument 1 ('customer') must be an integer that fits into 64 bits, not null",
                "total   | ,[1,'EUR',1.5]          | argument 3 ('months') must be an integer that fits into 32 bits",
                "total   | ,[1,2,3,4]              | the procedure takes at most 3 arguments, and got 4",
                "total   | ,[1],{'customer':1}     | argument 1 ('customer') is given twice, by position and by name",
                "total   | ,[1],{'Months':1}       | the procedure has no parameter 'Months'",
                "name    | ,['x',['y']]            | argument 2 ('numbers') must be of another form",
                "perhaps | ,[true,1]               | the procedure takes one argument, and got 2",
                "nothing | ,[1]                    | the procedure takes no arguments, and got 1",
                "nothing | ,[],{'k':1}             | the procedure has no parameter 'k'",
            })
    void whatDoesNotFitIsSaidToTheCaller(String method, String arguments, String sentence) throws Exception {
        assertThat(answer(method, arguments == null ? "" : arguments))
                .isEqualTo("[8,48,1,{},\"wamp.error.invalid_argument\",[\"" + sentence + "\"]]");
        assertThat(done).isEmpty();
    }

    @Test
    void withoutNamesInTheClassFileArgumentsHaveNoNames() throws Exception {
        // Compiled without -parameters, like all of the JDK.
        Peer page = serving(method("text.at", String.class.getMethod("charAt", int.class), "text"));
        page.says("[48,1,{},'text.at',[1]]").hears("[50,1,{},['e']]");
        page.says("[48,2,{},'text.at',['x']]")
                .hears(
                        "[8,48,2,{},'wamp.error.invalid_argument',['argument 1 must be an integer that fits into 32 bits']]");
        page.says("[48,3,{},'text.at',[],{'index':1}]")
                .hears(
                        "[8,48,3,{},'wamp.error.invalid_argument',"
                                + "['the procedure takes its arguments by position only: it was compiled without -parameters']]");
    }

    // --- Results and errors
    // ----------------------------------------------------------------------------------------------

    @Test
    void resultsAreOneArgumentOrNone() throws Exception {
        assertThat(answer("nothing", "")).isEqualTo("[50,1,{}]");
        assertThat(answer("perhaps", ",[true]")).isEqualTo("[50,1,{},[\"there\"]]");
        assertThat(answer("perhaps", ",[false]")).isEqualTo("[50,1,{},[null]]");
    }

    @Test
    void aResultThatComesLaterIsAwaitedWithoutAThreadAndTheBeanKeptSoLong() throws Exception {
        Peer page = serving(method("shop", shop.getClass().getMethod("later"), shop));
        page.says("[48,1,{},'shop']").hearsNothing();
        assertThat(done).isEmpty();
        shop.later.complete("tea");
        page.hears("[50,1,{},['tea']]");
        assertThat(done).containsExactly("released");
    }

    @Test
    void errorsOfTheApplicationAreToldWrappedOrNot() throws Exception {
        for (String method : List.of("sold", "wrapped")) {
            assertThat(answer(method, "")).isEqualTo("[8,48,1,{},\"shop.error.sold_out\",[\"sold out\"]]");
        }
        assertThat(answer("broken", "")).contains("carillon.error.internal").doesNotContain("secret");
        assertThat(done).containsExactly("released", "released", "released");
    }

    @Test
    void theCallerIsKnownWhileTheProcedureRunsAndNoLonger() throws Exception {
        assertThat(answer("who", "")).isEqualTo("[50,1,{},[\"anonymoustruefalsetrue\"]]");
        assertThatThrownBy(caller::name)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No procedure runs");
    }

    @Test
    void aProcedureTellsOfItsProgressWhomIsInterested() throws Exception {
        Peer page = serving(method("shop", Shop.class.getMethod("counted"), shop));
        page.says("[48,1,{'receive_progress':true},'shop']")
                .hears("[50,1,{'progress':true},[1]]")
                .hears("[50,1,{'progress':true},[2,'of 3']]")
                .hears("[50,1,{},[3]]");
        page.says("[48,2,{},'shop']").hears("[50,2,{},[3]]");
        assertThatThrownBy(() -> caller.progress(4)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void constraintsAreCheckedBeforeAndAfter() throws Exception {
        constraints = new MethodConstraints() {
            @Override
            public void parameters(Object bean, Method method, @Nullable Object[] arguments) {
                done.add("parameters");
                if (arguments.length == 1) {
                    throw new ApplicationError(ErrorUri.INVALID_ARGUMENT.value(), "perhaps.there must not be");
                }
            }

            @Override
            public void result(Object bean, Method method, @Nullable Object result) {
                done.add("result");
            }

            @Override
            public Optional<ApplicationError> toldBy(Throwable thrown, Method method) {
                return thrown instanceof java.io.IOException
                        ? Optional.of(new ApplicationError(ErrorUri.INVALID_ARGUMENT.value(), "told by the container"))
                        : Optional.empty();
            }
        };
        assertThat(answer("nothing", "")).isEqualTo("[50,1,{}]");
        assertThat(done).containsExactly("parameters", "nothing", "result", "released");
        done.clear();
        assertThat(answer("perhaps", ",[true]")).contains("wamp.error.invalid_argument", "perhaps.there must not be");
        assertThat(done).containsExactly("parameters", "released");
        assertThat(answer("broken", "")).contains("wamp.error.invalid_argument", "told by the container");
    }

    private String answer(String method, String arguments) throws Exception {
        Method found = Arrays.stream(Shop.class.getMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow();
        return serving(method("shop", found, shop))
                .says("[48,1,{},'shop'" + arguments + "]")
                .hears();
    }

    /** A peer of a router in which the application serves the procedure. */
    private static Peer serving(ProcedureMethod method) {
        TestRouter router = TestRouter.open();
        LocalSessions sessions = new LocalSessions(router.router(), Runnable::run, Runnable::run, 10);
        new Procedures(List.of(method)).register(sessions.open(TestRouter.REALM));
        return router.join();
    }

    private ProcedureMethod method(String uri, Method method, Object bean) {
        AllowedCallers allowed = AllowedCallers.of(List.of(method, method.getDeclaringClass()));
        return new ProcedureMethod(uri, method, false, allowed, () -> new Borrowed(bean), caller, constraints);
    }

    private static AllowedCallers allowed(Class<?> bean, String method) throws NoSuchMethodException {
        Method found = bean.getMethod(method);
        return AllowedCallers.of(List.of(found, found.getDeclaringClass(), bean));
    }

    private static void call(Authorizer rights, Identity who, String procedure) {
        rights.authorize(request(Authorizer.Action.CALL, procedure, who));
    }

    private static Authorizer.Request request(Authorizer.Action action, String procedure, Identity who) {
        return new Authorizer.Request("shop", action, new UriPattern(MatchPolicy.EXACT, new Uri(procedure)), who, null);
    }

    private final class Borrowed implements ProcedureMethod.BeanInstance {
        private final Object bean;

        Borrowed(Object bean) {
            this.bean = bean;
        }

        @Override
        public Object get() {
            return bean;
        }

        @Override
        public void release() {
            done.add("released");
        }
    }
}
