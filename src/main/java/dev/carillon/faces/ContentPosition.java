package dev.carillon.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;

/** Where the content topics are before a request of Faces reads any data. */
public class ContentPosition implements PhaseListener {

    private static final long serialVersionUID = 1L;

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RESTORE_VIEW; // the first one of each request
    }

    @Override
    public void beforePhase(PhaseEvent event) {
        event.getFacesContext()
                .getAttributes()
                .put(ContentPosition.class, Content.content().position());
    }

    @Override
    public void afterPhase(PhaseEvent event) {}

    static String of(FacesContext context) {
        return (String) context.getAttributes().getOrDefault(ContentPosition.class, "");
    }
}
