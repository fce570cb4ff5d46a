package dev.carillon.demo;

import dev.carillon.topic.Positions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.bind.JsonbBuilder;
import java.util.List;
import java.util.Map;

/** What the page of prices begins with: the last two minutes, and the position behind which it listens. */
@Named
@RequestScoped
public class PriceBoard {

    private final String position;
    private final Map<String, List<Price>> lately;

    @Inject
    PriceBoard(Positions positions, Exchange exchange) {
        position = positions.of("prices/copper"); // first: one history keeps all prices
        lately = exchange.lately(); // then
    }

    /** For the container's proxy only. */
    protected PriceBoard() {
        position = "";
        lately = Map.of();
    }

    public String getPosition() {
        return position;
    }

    public List<String> getSymbols() {
        return List.copyOf(lately.keySet());
    }

    /** For the script of the page: {@code {"copper": [{"symbol": ..., "value": ..., "at": ...}, ...], ...}}. */
    public String getJson() {
        return JsonbBuilder.create().toJson(lately);
    }
}
