package dev.carillon.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page of mail: what has come, and a form for what is to go. */
@Named
@RequestScoped
public class MailPage {

    @Inject
    private Mailbox mailbox;

    private @Nullable List<Mail> received; // null until opened, or first asked for
    private String recipient = "";

    @NotBlank(message = "There is nothing in this message.")
    @Size(max = Mail.TEXT_LENGTH, message = "A message has {max} characters at most.")
    private String text = "";

    /** Reads what has come. A form that is sent and refused does not. */
    public void open() {
        received = mailbox.open();
    }

    /** Sends it, and shows the page anew. */
    public String send() {
        mailbox.send(recipient, text);
        FacesContext faces = FacesContext.getCurrentInstance();
        faces.getExternalContext().getFlash().setKeepMessages(true);
        faces.addMessage(null, new FacesMessage("Sent to " + recipient + "."));
        return "mail?faces-redirect=true";
    }

    public List<Mail> getReceived() {
        if (received == null) {
            received = mailbox.last();
        }
        return received;
    }

    public List<String> getColleagues() {
        return mailbox.colleagues();
    }

    public String getRecipient() {
        return recipient;
    }

    public void setRecipient(String recipient) {
        this.recipient = recipient;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }

    public int getLongest() {
        return Mail.TEXT_LENGTH;
    }
}
