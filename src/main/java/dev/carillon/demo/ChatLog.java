package dev.carillon.demo;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the team has said, kept in the database. */
@Stateless
public class ChatLog {

    private static final int SHOWN = 50;

    @PersistenceContext
    private EntityManager entities;

    /** Stores a message, in a transaction of its own. */
    public ChatLine add(String author, String text) {
        ChatMessage message = new ChatMessage(author, text, Instant.now());
        entities.persist(message);
        entities.flush(); // gives it its id
        return message.line();
    }

    /** The last ones, oldest first. */
    public List<ChatLine> last() {
        List<ChatMessage> newestFirst = new ArrayList<>(
                entities.createQuery("select m from ChatMessage m order by m.id desc", ChatMessage.class)
                        .setMaxResults(SHOWN)
                        .getResultList());
        Collections.reverse(newestFirst);
        return newestFirst.stream().map(ChatMessage::line).toList();
    }
}
