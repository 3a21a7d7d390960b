package io.plimsoll.embedded.keycloak;

import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.place.Secrets;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Tokens for whoever may read a data folder's secrets: the one who runs the platform of this machine. */
public final class LocalTokens {

    private final Administration administration;
    private final Secrets secrets;

    public LocalTokens(Ports ports, Secrets secrets) {
        this.administration = new Administration(URI.create("http://127.0.0.1:" + ports.keycloak()));
        this.secrets = secrets;
    }

    /** A fresh access token of a service's own client. */
    public String ofService(String service) throws IOException, InterruptedException {
        return administration.token(
                KeycloakPart.REALM,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "plimsoll-" + service,
                        "client_secret",
                        secrets.of(KeycloakAccess.CLIENT_SECRET + service)));
    }
}
