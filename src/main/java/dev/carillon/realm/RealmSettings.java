package dev.carillon.realm;

import dev.carillon.protocol.Uri;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;

/** Who may join a realm, what sessions may do in it, and which URIs are legal there. */
public record RealmSettings(Authenticator authenticator, Authorizer authorizer, Uri.Rules uriRules) {}
