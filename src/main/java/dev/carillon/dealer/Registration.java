package dev.carillon.dealer;

import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.Uri;
import dev.carillon.session.Session;

/** A procedure and the session that serves it. */
record Registration(RegistrationId id, Uri procedure, Session callee) {}
