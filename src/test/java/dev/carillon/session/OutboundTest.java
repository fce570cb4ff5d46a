package dev.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import org.junit.jupiter.api.Test;

/** All receivers of a subscription share one encoding. */
class OutboundTest {

    private final Outbound event =
            new Outbound(new Event(new SubscriptionId(1), new PublicationId(2), Dict.EMPTY, new Payload.Json("[1,2]")));

    @Test
    void aMessageIsEncodedOnceForEachSerializerAndOnlyWhenItIsSent() {
        Counting cbor = new Counting("wamp.2.cbor");
        Counting json = new Counting("wamp.2.json");
        assertThat(cbor.encoded).isZero();
        Frame first = event.frame(cbor);
        for (int i = 0; i < 10; i++) {
            assertThat(event.frame(cbor)).isSameAs(first);
            assertThat(event.frame(json)).isInstanceOf(Frame.Text.class);
        }
        assertThat(cbor.encoded).isEqualTo(1);
        assertThat(json.encoded).isEqualTo(1);
    }

    private static final class Counting implements Serializer {
        private final Serializer serializer;
        private int encoded;

        Counting(String subprotocol) {
            serializer = Serializer.of(subprotocol).orElseThrow();
        }

        @Override
        public String subprotocol() {
            return serializer.subprotocol();
        }

        @Override
        public Message decode(Frame frame) {
            return serializer.decode(frame);
        }

        @Override
        public Frame encode(Message message) {
            encoded++;
            return serializer.encode(message);
        }
    }
}
