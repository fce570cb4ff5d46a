package dev.carillon.store;

import dev.carillon.history.StoredEvent;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.serializer.Serializer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** An event as a row of {@code carillon_event}. The payload is in it as it was received. */
final class EventRow {

    static final String COLUMNS =
            "seq, published_at, publication, topic, details, receivers," + " payload_form, payload_text, payload_bytes";

    private EventRow() {}

    /** Returns how many parameters are bound. */
    static int bind(StoredEvent event, PreparedStatement row) throws SQLException {
        PayloadForm form = PayloadForm.of(event.payload());
        row.setLong(1, event.sequence());
        row.setObject(2, event.time().atOffset(ZoneOffset.UTC));
        row.setLong(3, event.publication().value());
        row.setString(4, event.topic().value());
        row.setString(5, Serializer.json(event.details()));
        row.setString(6, Serializer.json(ReceiversDict.of(event.receivers())));
        row.setString(7, form.name());
        row.setString(8, form.text());
        row.setBytes(9, form.bytes());
        return 9;
    }

    static StoredEvent read(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong("seq"),
                new Uri(row.getString("topic")),
                new PublicationId(row.getLong("publication")),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                Serializer.dict(row.getString("details")),
                new PayloadForm(
                                row.getString("payload_form"),
                                row.getString("payload_text"),
                                row.getBytes("payload_bytes"))
                        .payload(),
                ReceiversDict.read(Serializer.dict(row.getString("receivers"))));
    }
}
