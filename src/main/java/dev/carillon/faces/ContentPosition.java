package dev.carillon.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.context.FacesContextFactory;
import jakarta.faces.lifecycle.Lifecycle;

/**
 * Where the content topics are before a request of Faces reads any data. (Not a PhaseListener: a server takes any
 * application that has one for an application of Faces.)
 */
public class ContentPosition extends FacesContextFactory {

    public ContentPosition(FacesContextFactory wrapped) {
        super(wrapped);
    }

    @Override
    public FacesContext getFacesContext(Object context, Object request, Object response, Lifecycle lifecycle) {
        FacesContext made = getWrapped().getFacesContext(context, request, response, lifecycle);
        made.getAttributes().put(ContentPosition.class, Content.content().position());
        return made;
    }

    static String of(FacesContext context) {
        return (String) context.getAttributes().getOrDefault(ContentPosition.class, "");
    }
}
