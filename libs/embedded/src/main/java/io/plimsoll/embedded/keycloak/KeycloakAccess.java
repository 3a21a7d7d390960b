package io.plimsoll.embedded.keycloak;

import io.plimsoll.embedded.place.Secrets;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** How services and tests reach the realm. */
public final class KeycloakAccess {

    /** People of the demo realm: the platform's administrator, and one who sees team shop's scopes only. */
    public static final List<String> DEMO_USERS = List.of("admin", "security", "shop-owner", "shop-viewer");

    /** The audience of every token that is meant for the platform. */
    public static final String AUDIENCE = "plimsoll";

    static final String ADMINISTRATOR_SECRET = "keycloak.administrator";
    static final String CLIENT_SECRET = "keycloak.client.";
    static final String USER_SECRET = "keycloak.user.";

    private final URI issuer;
    private final Administration administration;
    private final Secrets secrets;
    private final String administrator;
    private final boolean demo;

    KeycloakAccess(URI issuer, Administration administration, Secrets secrets, String administrator, boolean demo) {
        this.issuer = issuer;
        this.administration = administration;
        this.secrets = secrets;
        this.administrator = administrator;
        this.demo = demo;
    }

    /** As in every token's {@code iss}; {@code /.well-known/openid-configuration} lies below it. */
    public URI issuer() {
        return issuer;
    }

    /** The client that a service calls others as. */
    public String clientId(String service) {
        return "plimsoll-" + service;
    }

    public String clientSecret(String service) {
        return secrets.of(CLIENT_SECRET + service);
    }

    /** A fresh access token of a service's own client. */
    public String serviceToken(String service) throws IOException, InterruptedException {
        return administration.token(
                KeycloakPart.REALM,
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", clientId(service),
                        "client_secret", clientSecret(service)));
    }

    /** Name and password of who administers Keycloak itself. */
    public String administrator() {
        return administrator;
    }

    public String administratorPassword() {
        return secrets.of(ADMINISTRATOR_SECRET);
    }

    /** @throws IllegalStateException without the demo realm */
    public String userPassword(String user) {
        requireDemo(user);
        return secrets.of(USER_SECRET + user);
    }

    /** A fresh access token of one of {@link #DEMO_USERS}, as the command line gets it. */
    public String userToken(String user) throws IOException, InterruptedException {
        return administration.token(
                KeycloakPart.REALM,
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "plimsoll-demo",
                        "username",
                        user,
                        "password",
                        userPassword(user)));
    }

    private void requireDemo(String user) {
        if (!demo || !DEMO_USERS.contains(user)) {
            throw new IllegalStateException("no demo user " + user + "; the demo realm has " + DEMO_USERS);
        }
    }
}
