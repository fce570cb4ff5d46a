package dev.carillon.it.faces;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;

/** What a page shows, for each browser its own. */
@Named
@SessionScoped
public class Board implements Serializable {
    private static final long serialVersionUID = 1L;

    private int updates;
    private String topic = "first";
    private boolean shown = true;

    /** How often an {@code f:ajax} of a page has called {@link #update}. */
    public int getUpdates() {
        return updates;
    }

    public void update() {
        updates++;
    }

    public String getTopic() {
        return topic;
    }

    public void changeTopic() {
        topic = "second";
    }

    public boolean isShown() {
        return shown;
    }

    public void hide() {
        shown = false;
    }

    public List<Integer> getRows() {
        return List.of(1, 2, 3);
    }
}
