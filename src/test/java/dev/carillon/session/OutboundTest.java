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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All receivers of a subscription share one encoding. */
class OutboundTest {

    private static final Payload PAYLOAD = new Payload.Json("[1,2]");

    private final Outbound event = new Outbound(event(1));

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

    @Test
    void thePayloadOfSeveralMessagesIsTranslatedOnceForEachSerializer() {
        SharedPayload payload = new SharedPayload(PAYLOAD);
        List<Outbound> outbounds = IntStream.rangeClosed(1, 10)
                .mapToObj(id -> new Outbound(event(id), payload, null))
                .toList();
        for (Counting serializer : List.of(new Counting("wamp.2.cbor"), new Counting("wamp.2.json"))) {
            for (int id = 1; id <= 10; id++) {
                Frame frame = outbounds.get(id - 1).frame(serializer);
                assertThat(frame).usingRecursiveComparison().isEqualTo(serializer.serializer.encode(event(id)));
            }
            assertThat(serializer.translated).isEqualTo(1);
        }
    }

    @Test
    void thePayloadOfASingleMessageIsNotTranslatedApartFromIt() {
        Counting cbor = new Counting("wamp.2.cbor");
        Outbound single = new Outbound(event(1), new SharedPayload(PAYLOAD), null);
        assertThat(single.frame(cbor)).usingRecursiveComparison().isEqualTo(cbor.serializer.encode(event(1)));
        assertThat(cbor.translated).isZero();
    }

    private static Event event(int subscription) {
        return new Event(new SubscriptionId(subscription), new PublicationId(2), Dict.EMPTY, PAYLOAD);
    }

    private static final class Counting implements Serializer {
        private final Serializer serializer;
        private int encoded;
        private int translated;

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

        @Override
        public Payload translate(Payload payload) {
            translated++;
            return serializer.translate(payload);
        }
    }
}
