package dev.carillon.it.faces;

import dev.carillon.client.WampSession;
import dev.carillon.topic.Positions;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;

/** What one view shows of a topic, and where the topic was just before it was read. Something always happens meanwhile. */
@Named
@ViewScoped
public class Desk implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Positions positions;
    private final Filing filing;
    private final WampSession session;
    private String position = "";
    private List<String> shown = List.of();

    @Inject
    Desk(Positions positions, Filing filing, WampSession session) {
        this.positions = positions;
        this.filing = filing;
        this.session = session;
    }

    Desk() {
        this(null, null, null); // for the client proxy only
    }

    /** An event that is in no data is published between the position and the page. */
    public void interrupted(String topic) {
        position = positions.of(topic);
        shown = filing.of(topic);
        session.publish(topic, "meanwhile").join();
    }

    /** A transaction commits, and is told of, between the position and the data. */
    public void overtaken(String topic) {
        position = positions.of(topic);
        filing.addAndAwaitThatItIsTold(topic, "committed");
        shown = filing.of(topic);
    }

    public String getPosition() {
        return position;
    }

    public String getShown() {
        return String.join(",", shown);
    }
}
