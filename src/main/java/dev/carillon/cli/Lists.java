package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.client.Received;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** Lists of objects, as administrative procedures answer them. */
final class Lists {

    private Lists() {}

    /** @throws Failure if the answer is no, or no list */
    static JsonArray ask(RouterOptions router, Router open, String procedure, Arguments arguments) {
        Received answer = router.await(open.call(procedure, arguments));
        if (answer.size() == 1 && answer.get(0, JsonValue.class) instanceof JsonArray list) {
            return list;
        }
        throw Failure.refused("the router answers " + procedure + " with something that is not a list");
    }

    /** A dash for what is null, or not there. */
    static String cell(JsonObject row, String key) {
        JsonValue value = row.getOrDefault(key, JsonValue.NULL);
        return value == JsonValue.NULL ? "-" : Values.inWords(value);
    }
}
