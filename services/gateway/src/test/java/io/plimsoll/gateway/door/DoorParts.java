package io.plimsoll.gateway.door;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Ports for the fakes, a folder for the spool, and a key that signs tokens. */
public final class DoorParts implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        for (String service :
                new String[] {"inventory", "stage-scoring", "network-segmentation", "image-scan", "owner"}) {
            String address = "127.0.0.1:" + freePort();
            config.put("plimsoll.test.fake." + service, address);
            if (!service.equals("owner")) {
                config.put("plimsoll.gateway.services." + service, address);
            }
        }
        KeyPair keys = keys();
        config.put(
                "plimsoll.test.key",
                Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        config.put(
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        config.put("quarkus.oidc.auth-server-url", "");
        config.put("quarkus.oidc.token.issuer", Tokens.ISSUER);
        config.put("plimsoll.gateway.call-deadline", "2s");
        config.put("plimsoll.gateway.upload-deadline", "5s");
        config.put("plimsoll.gateway.heartbeat", "300ms");
        config.put("plimsoll.gateway.event-clients-max", "20");
        config.put("plimsoll.gateway.events-kept-max", "16");
        try {
            config.put(
                    "plimsoll.gateway.data",
                    Files.createTempDirectory("gateway").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }

    @Override
    public void stop() {}

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }
}
