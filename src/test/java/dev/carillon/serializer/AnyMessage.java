package dev.carillon.serializer;

import dev.carillon.protocol.Abort;
import dev.carillon.protocol.Authenticate;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Cancel;
import dev.carillon.protocol.Challenge;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Goodbye;
import dev.carillon.protocol.Hello;
import dev.carillon.protocol.Interrupt;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.MessageReader;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.Published;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.Registered;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Result;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Subscribed;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.Unregistered;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.protocol.Unsubscribed;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.Welcome;
import dev.carillon.protocol.Yield;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages of every kind, with whatever values a serializer can be asked to write. */
final class AnyMessage {

    private AnyMessage() {}

    /** @param secret stands in the payload of those that have one */
    static Arbitrary<Message> withIn(String secret) {
        Arbitrary<Long> ids = Arbitraries.longs().between(1, MessageReader.MAX_ID);
        Arbitrary<Dict> dicts =
                Arbitraries.maps(texts(), values(2)).ofMaxSize(4).map(Dict::new);
        Arbitrary<Uri> uris =
                Arbitraries.oneOf(Arbitraries.of("a.b", "wamp.x", ""), texts()).map(Uri::new);
        return Combinators.combine(Arbitraries.of(MessageCode.values()), ids, ids, dicts, uris, payloads(secret))
                .as(AnyMessage::message)
                .withoutEdgeCases(); // there would be thousands, and the ids and values have theirs by themselves
    }

    private static Message message(MessageCode code, long id, long other, Dict dict, Uri uri, Payload payload) {
        RequestId request = new RequestId(id);
        SubscriptionId subscription = new SubscriptionId(other);
        RegistrationId registration = new RegistrationId(other);
        return switch (code) {
            case HELLO -> new Hello(uri, dict);
            case WELCOME -> new Welcome(new SessionId(id), dict);
            case ABORT -> new Abort(dict, uri);
            case CHALLENGE -> new Challenge(uri.value(), dict);
            case AUTHENTICATE -> new Authenticate(uri.value(), dict);
            case GOODBYE -> new Goodbye(dict, uri);
            case ERROR -> new Error(MessageCode.CALL, request, dict, uri, payload);
            case PUBLISH -> new Publish(request, dict, uri, payload);
            case PUBLISHED -> new Published(request, new PublicationId(other));
            case SUBSCRIBE -> new Subscribe(request, dict, uri);
            case SUBSCRIBED -> new Subscribed(request, subscription);
            case UNSUBSCRIBE -> new Unsubscribe(request, subscription);
            case UNSUBSCRIBED -> new Unsubscribed(request);
            case EVENT -> new Event(subscription, new PublicationId(id), dict, payload);
            case CALL -> new Call(request, dict, uri, payload);
            case CANCEL -> new Cancel(request, dict);
            case RESULT -> new Result(request, dict, payload);
            case REGISTER -> new Register(request, dict, uri);
            case REGISTERED -> new Registered(request, registration);
            case UNREGISTER -> new Unregister(request, registration);
            case UNREGISTERED -> id % 2 == 0 ? new Unregistered(request) : Unregistered.revoked(registration, uri);
            case INVOCATION -> new Invocation(request, registration, dict, payload);
            case INTERRUPT -> new Interrupt(request, dict);
            case YIELD -> new Yield(request, dict, payload);
        };
    }

    private static Arbitrary<Payload> payloads(String secret) {
        Arbitrary<List<Object>> arguments = values(3).list().ofMaxSize(4);
        Arbitrary<Map<String, Object>> keywordArguments =
                Arbitraries.maps(texts(), values(2)).ofMaxSize(3);
        return Arbitraries.oneOf(
                Arbitraries.just(Payload.NONE),
                Arbitraries.just(Payload.of(secret)),
                Combinators.combine(arguments, keywordArguments).as(Payload.Values::new));
    }

    /** Anything but null, which {@code Dict} and {@code Values} know only deeper down. */
    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> plain = Arbitraries.oneOf(
                texts().map(text -> (Object) text),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.bigIntegers().map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag));
        if (depth == 0) {
            return plain;
        }
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, plain),
                net.jqwik.api.Tuple.of(
                        1, values(depth - 1).injectNull(0.1).list().ofMaxSize(3).map(list -> (Object) list)),
                net.jqwik.api.Tuple.of(
                        1,
                        Arbitraries.maps(texts(), values(depth - 1).injectNull(0.1))
                                .ofMaxSize(3)
                                .map(map -> (Object) map)));
    }

    /** Any that UTF-8 can write. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
