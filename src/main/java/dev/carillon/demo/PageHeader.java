package dev.carillon.demo;

import dev.carillon.ready.UserTopic;
import dev.carillon.topic.Positions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What the header of every page begins with; its script goes on from there. */
@Named
@RequestScoped
public class PageHeader {

    @Inject
    private Positions positions;

    @Inject
    private Mailbox mailbox;

    @Inject
    private CurrentUser user;

    /** Behind which the page hears of jobs that are finished: a page that is loading misses none. */
    public String getPosition() {
        return positions.of(UserTopic.of(user.getName(), "jobs"));
    }

    /** In words, and empty if all is read. */
    public String getUnread() {
        long unread = mailbox.unread();
        return unread > 0 ? unread + " new" : "";
    }
}
