package io.plimsoll.registry;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who to be at which registry. Never printed.
 *
 * @param logins by host with port, as in an image reference
 */
public record Credentials(Map<String, Login> logins) {

    /** Nobody, anywhere. */
    public static final Credentials NONE = new Credentials(Map.of());

    /** A name and a password or token. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user + ":…";
        }

        String basic() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }
    }

    public Credentials {
        logins = Map.copyOf(logins);
    }

    /**
     * Reads {@code auths} of Docker's {@code config.json}, which is also what an imagePullSecret of type
     * {@code kubernetes.io/dockerconfigjson} holds. Entries that keep no password are passed over.
     */
    public static Credentials dockerConfig(InputStream json) throws IOException {
        Map<String, Login> logins = new TreeMap<>();
        Documents.json(json)
                .get("auths")
                .members()
                .forEach((server, written) -> login(written).ifPresent(login -> logins.put(host(server), login)));
        return new Credentials(logins);
    }

    private static Optional<Login> login(Node written) {
        if (!written.text("username").isEmpty() && !written.text("password").isEmpty()) {
            return Optional.of(new Login(written.text("username"), written.text("password")));
        }
        try {
            String plain = new String(Base64.getDecoder().decode(written.text("auth")), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            return colon <= 0
                    ? Optional.empty()
                    : Optional.of(new Login(plain.substring(0, colon), plain.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Docker writes Docker Hub as a URL of its first version. */
    private static String host(String server) {
        String bare = server.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return bare.equals("index.docker.io") || bare.equals("registry-1.docker.io") ? "docker.io" : bare;
    }

    Optional<Login> at(String registry) {
        return Optional.ofNullable(logins.get(registry));
    }
}
