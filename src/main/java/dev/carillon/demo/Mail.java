package dev.carillon.demo;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;

/** A short message from one colleague to another. */
@Entity
public class Mail {

    /** The longest text, in characters. */
    public static final int TEXT_LENGTH = 500;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(nullable = false, updatable = false)
    private String sender = "";

    @Column(nullable = false, updatable = false)
    private String recipient = "";

    @Column(length = TEXT_LENGTH, nullable = false, updatable = false)
    private String text = "";

    @Column(nullable = false, updatable = false)
    private Instant sentAt = Instant.EPOCH;

    @Column(nullable = false)
    private boolean unread = true;

    /** For JPA only. */
    protected Mail() {}

    Mail(String sender, String recipient, String text, Instant sentAt) {
        this.sender = sender;
        this.recipient = recipient;
        this.text = text;
        this.sentAt = sentAt;
    }

    public String getSender() {
        return sender;
    }

    public String getText() {
        return text;
    }

    public Instant getSentAt() {
        return sentAt;
    }

    /** Whether the recipient has not opened the page since it came. */
    public boolean isUnread() {
        return unread;
    }
}
