package dev.carillon.demo;

import dev.carillon.ready.MailCount;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;

/**
 * The mail of the caller. Whatever changes the number of unread ones tells it to the pages of whom they are for. A
 * singleton changes one thing at a time: two who write to the same colleague at once must not both count one.
 */
@Singleton
@Lock(LockType.READ)
@RolesAllowed({Roles.SALES, Roles.ADMINISTRATOR})
public class Mailbox {

    /** Those who have a mailbox; no portable API of the server lists its users. */
    private static final List<String> COLLEAGUES = List.of("admin", "alice", "bob");

    private static final int SHOWN = 50;

    private final Event<MailCount> counts;

    @PersistenceContext
    private EntityManager entities;

    @Resource
    private SessionContext caller;

    @Inject
    public Mailbox(Event<MailCount> counts) {
        this.counts = counts;
    }

    /** For the container's proxy only. */
    protected Mailbox() {
        this(null);
    }

    /** Whom the caller can write to. */
    public List<String> colleagues() {
        return COLLEAGUES.stream().filter(name -> !name.equals(me())).toList();
    }

    /** @throws IllegalArgumentException if there is no such colleague */
    @Lock(LockType.WRITE)
    public void send(String recipient, String text) {
        if (!colleagues().contains(recipient)) {
            throw new IllegalArgumentException("There is no colleague " + recipient);
        }
        entities.persist(new Mail(me(), recipient, text.strip(), Instant.now()));
        counts.fire(new MailCount(recipient, unread(recipient)));
    }

    /** The last ones that the caller has got, the latest first; those that he had not read are as they were until now. */
    @Lock(LockType.WRITE)
    public List<Mail> open() {
        List<Mail> mails = last();
        mails.forEach(entities::detach);
        int opened = entities.createQuery("update Mail m set m.unread = false where m.recipient = :me and m.unread")
                .setParameter("me", me())
                .executeUpdate();
        if (opened > 0) {
            counts.fire(new MailCount(me(), 0));
        }
        return mails;
    }

    /** The same, without reading them. */
    public List<Mail> last() {
        return entities.createQuery("select m from Mail m where m.recipient = :me order by m.id desc", Mail.class)
                .setParameter("me", me())
                .setMaxResults(SHOWN)
                .getResultList();
    }

    /** How many the caller has not read. */
    public long unread() {
        return unread(me());
    }

    private long unread(String recipient) {
        return entities.createQuery("select count(m) from Mail m where m.recipient = :who and m.unread", Long.class)
                .setParameter("who", recipient)
                .getSingleResult();
    }

    private String me() {
        return caller.getCallerPrincipal().getName();
    }
}
