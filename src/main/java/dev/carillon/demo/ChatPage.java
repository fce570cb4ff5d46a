package dev.carillon.demo;

import dev.carillon.topic.Positions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.bind.JsonbBuilder;
import java.util.List;

/** What the chat's page begins with: the last messages, and the position behind which it listens. */
@Named
@RequestScoped
public class ChatPage {

    private final String position;
    private final List<ChatLine> last;

    @Inject
    ChatPage(Positions positions, ChatLog log) {
        position = positions.of("chat"); // first
        last = log.last(); // then
    }

    /** For the container's proxy only. */
    protected ChatPage() {
        position = "";
        last = List.of();
    }

    public String getPosition() {
        return position;
    }

    /** For the script of the page. */
    public String getJson() {
        return JsonbBuilder.create().toJson(last);
    }

    public int getLongest() {
        return ChatMessage.TEXT_LENGTH;
    }
}
