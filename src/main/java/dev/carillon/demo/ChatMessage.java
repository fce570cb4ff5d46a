package dev.carillon.demo;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** What somebody has said to the team. */
@Entity
public class ChatMessage {

    /** The longest text, in characters. */
    public static final int TEXT_LENGTH = 500;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(nullable = false, updatable = false)
    private String author = "";

    @Column(length = TEXT_LENGTH, nullable = false, updatable = false)
    private String text = "";

    @Column(nullable = false, updatable = false)
    private Instant saidAt = Instant.EPOCH;

    protected ChatMessage() {}

    ChatMessage(String author, String text, Instant saidAt) {
        this.author = author;
        this.text = text;
        this.saidAt = saidAt;
    }

    /** As pages are told it. */
    ChatLine line() {
        return new ChatLine(id, author, text, saidAt);
    }
}
