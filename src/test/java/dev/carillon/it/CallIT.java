package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Remote procedure calls through the deployed {@code carillon.war}, message by message on the wire. */
class CallIT {

    private static final String REALM = "realm1";

    /** Below what may wait for a peer ({@code carillon.outbox.max-messages}), since nobody reads for a while here. */
    private static final int MANY = 3000;

    private static WildFlyServer server;
    private static URI endpoint;

    /** A procedure of this test only. */
    private String procedure;

    @BeforeAll
    static void start() {
        server = WildFlyServer.start("call", Path.of("target/carillon.war"), 3350, Map.of("carillon.open", "true"));
        endpoint = server.webSocket("wamp");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        procedure = "it.call." + test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void aCallIsAnsweredByItsCallee() {
        try (RawWebSocket callee = join();
                RawWebSocket caller = join()) {
            String registration = register(callee);
            caller.says("[48,7,{},'" + procedure + "',[1, 9007199254740993],{'k':null}]");
            callee.hears("[68,1," + registration + ",{},[1, 9007199254740993],{'k':null}]");
            callee.says("[70,1,{},[],{'ä':1.50}]");
            caller.hears("[50,7,{},[],{'ä':1.50}]");
        }
    }

    @Test
    void anAbsentPayloadStaysAbsentBothWays() {
        try (RawWebSocket callee = join();
                RawWebSocket caller = join()) {
            String registration = register(callee);
            caller.says("[48,1,{},'" + procedure + "']");
            callee.hears("[68,1," + registration + ",{}]").says("[70,1,{}]");
            caller.hears("[50,1,{}]");
        }
    }

    @Test
    void anErrorOfTheCalleeIsTheCallersError() {
        try (RawWebSocket callee = join();
                RawWebSocket caller = join()) {
            register(callee);
            caller.says("[48,1,{},'" + procedure + "']");
            callee.hears();
            callee.says("[8,68,1,{},'com.example.sold_out',['no bells'],{'until':'monday'}]");
            caller.hears("[8,48,1,{},'com.example.sold_out',['no bells'],{'until':'monday'}]");
        }
    }

    @Test
    void aProcedureThatNobodyServesIsAnError() {
        try (RawWebSocket caller = join()) {
            caller.says("[48,1,{},'" + procedure + "']");
            assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.no_such_procedure\"");
        }
    }

    @Test
    void invocationsCountFromOneForEachCalleeWhateverTheCallersCount() {
        try (RawWebSocket first = join();
                RawWebSocket second = join();
                RawWebSocket caller = join();
                RawWebSocket other = join()) {
            register(first);
            second.says("[64,1,{},'" + procedure + ".second']").hears();
            for (int i = 1; i <= 3; i++) {
                caller.says("[48," + (100 + i) + ",{},'" + procedure + "']");
                assertThat(first.hears()).startsWith("[68," + i + ",");
            }
            other.says("[48,5,{},'" + procedure + "']");
            assertThat(first.hears()).startsWith("[68,4,");
            caller.says("[48,104,{},'" + procedure + ".second']");
            assertThat(second.hears()).startsWith("[68,1,");
        }
    }

    @Test
    void aCalleeWhoseConnectionDropsCancelsItsCallsAndFreesItsProcedure() {
        try (RawWebSocket caller = join()) {
            RawWebSocket callee = join();
            register(callee);
            caller.says("[48,1,{},'" + procedure + "']").says("[48,2,{},'" + procedure + "']");
            callee.hears();
            callee.hears();
            callee.close();
            assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.canceled\"");
            assertThat(caller.hears()).startsWith("[8,48,2,{},\"wamp.error.canceled\"");
            register(caller);
        }
    }

    @Test
    void aCalleeThatSaysGoodbyeCancelsItsCalls() {
        try (RawWebSocket caller = join();
                RawWebSocket callee = join()) {
            register(callee);
            caller.says("[48,1,{},'" + procedure + "']");
            callee.hears();
            callee.says("[6,{},'wamp.close.normal']").hears("[6,{},'wamp.close.goodbye_and_out']");
            assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.canceled\"");
        }
    }

    @Test
    void aLateAnswerToACallerThatSaidGoodbyeDoesNotEndTheCallee() {
        try (RawWebSocket callee = join();
                RawWebSocket next = join()) {
            register(callee);
            try (RawWebSocket caller = join()) {
                caller.says("[48,1,{},'" + procedure + "']");
                callee.hears();
                caller.says("[6,{},'wamp.close.normal']").hears("[6,{},'wamp.close.goodbye_and_out']");
            }
            callee.says("[70,1,{},['for nobody']]");
            next.says("[48,1,{},'" + procedure + "']");
            assertThat(callee.hears()).startsWith("[68,2,");
            callee.says("[70,2,{},['for the next']]");
            next.hears("[50,1,{},['for the next']]");
        }
    }

    @Test
    void aLateAnswerToACallerWhoseConnectionDroppedDoesNotEndTheCallee() {
        try (RawWebSocket callee = join();
                RawWebSocket witness = join()) {
            register(callee);
            RawWebSocket caller = join();
            caller.says("[64,1,{},'" + procedure + ".of.the.caller']").hears();
            caller.says("[48,2,{},'" + procedure + "']");
            callee.hears();
            caller.close();
            untilNobodyServes(witness, procedure + ".of.the.caller");
            callee.says("[70,1,{},['for nobody']]");
            callee.says("[48,2,{},'it.call.nobody']");
            assertThat(callee.hears()).startsWith("[8,48,2,{},\"wamp.error.no_such_procedure\"");
        }
    }

    @Test
    void anAnswerToNothingEndsTheCalleeAndCancelsWhatItOwes() {
        try (RawWebSocket callee = join();
                RawWebSocket caller = join()) {
            register(callee);
            caller.says("[48,1,{},'" + procedure + "']");
            callee.hears();
            assertThat(callee.says("[70,2,{}]").hears())
                    .startsWith("[3,")
                    .endsWith("\"wamp.error.protocol_violation\"]");
            callee.isClosedWith(1002);
            assertThat(caller.hears()).startsWith("[8,48,1,{},\"wamp.error.canceled\"");
        }
    }

    @Test
    void aClientThatComesBackRegistersAgainOnceItsOldSessionIsGone() {
        RawWebSocket before = join();
        register(before);
        try (RawWebSocket after = join()) {
            after.says("[64,1,{},'" + procedure + "']");
            assertThat(after.hears()).startsWith("[8,64,1,{},\"wamp.error.procedure_already_exists\"");
            before.close();
            String answer = after.says("[64,2,{},'" + procedure + "']").hears();
            while (answer.contains("procedure_already_exists")) { // until the server has noticed
                answer = after.says("[64,2,{},'" + procedure + "']").hears();
            }
            assertThat(answer).startsWith("[65,2,");
        }
    }

    @Test
    void aSessionCallsItself() {
        try (RawWebSocket both = join()) {
            register(both);
            both.says("[48,2,{},'" + procedure + "',[1]]");
            assertThat(both.hears()).startsWith("[68,1,");
            both.says("[70,1,{},[2]]").hears("[50,2,{},[2]]");
        }
    }

    @Test
    void thousandsInFlightArriveInOrderAndEachGetsItsOwnAnswer() {
        try (RawWebSocket callee = join();
                RawWebSocket caller = join()) {
            String registration = register(callee);
            for (int i = 1; i <= MANY; i++) {
                caller.says("[48," + i + ",{},'" + procedure + "',[" + i + "]]");
            }
            for (int i = 1; i <= MANY; i++) {
                callee.hears("[68," + i + "," + registration + ",{},[" + i + "]]");
            }
            for (int i = MANY; i >= 1; i--) {
                callee.says("[70," + i + ",{},[" + -i + "]]");
            }
            for (int i = MANY; i >= 1; i--) {
                caller.hears("[50," + i + ",{},[" + -i + "]]");
            }
        }
    }

    @Test
    void thousandsInFlightAreCanceledWithTheirCallee() {
        try (RawWebSocket caller = join()) {
            RawWebSocket callee = join();
            register(callee);
            for (int i = 1; i <= MANY; i++) {
                caller.says("[48," + i + ",{},'" + procedure + "']");
            }
            for (int i = 1; i <= MANY; i++) {
                callee.hears();
            }
            callee.close();
            for (int i = 1; i <= MANY; i++) {
                assertThat(caller.hears()).startsWith("[8,48," + i + ",{},\"wamp.error.canceled\"");
            }
        }
    }

    private static RawWebSocket join() {
        return RawWebSocket.join(endpoint, REALM);
    }

    /** Registers this test's procedure; its registration id. */
    private String register(RawWebSocket callee) {
        String registered = callee.says("[64,1,{},'" + procedure + "']").hears();
        assertThat(registered).startsWith("[65,1,");
        return registered.split("[,\\]]")[2];
    }

    /** Calls until the server has noticed that the callee is gone. */
    private static void untilNobodyServes(RawWebSocket caller, String gone) {
        String answer;
        int request = 0;
        do {
            caller.says("[48," + ++request + ",{},'" + gone + "']");
            answer = caller.hears();
        } while (answer.contains("wamp.error.canceled"));
        assertThat(answer).contains("wamp.error.no_such_procedure");
    }
}
