package dev.carillon.realm;

import dev.carillon.protocol.Uri;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;

/**
 * Who may join a realm, what sessions may do in it, and how strict it is.
 *
 * @param strictRequestIds whether a session's requests must count 1, 2, 3; else each may have any id that is not pending
 */
public record RealmSettings(
        Authenticator authenticator, Authorizer authorizer, Uri.Rules uriRules, boolean strictRequestIds) {}
