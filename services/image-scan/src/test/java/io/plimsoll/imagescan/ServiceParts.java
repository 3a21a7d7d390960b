package io.plimsoll.imagescan;

import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.keycloak.KeycloakAccess;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Database, broker, issuer, a registry and feeds. */
public final class ServiceParts implements QuarkusTestResourceLifecycleManager {

    private static final String LABELS = "\"org.opencontainers.image.source\":\"https://git.example.com/shop\","
            + "\"org.opencontainers.image.revision\":\"0123abc\"";

    @Override
    public Map<String, String> start() {
        OneMachine machine = EmbeddedParts.withIdentity();
        DatabaseAccess access = machine.postgres().access("image-scan");
        KeycloakAccess keycloak = machine.keycloak().access();
        try {
            Path folder = Files.createTempDirectory("image-scan");
            SmallFeeds.write(folder.resolve("feeds"), "CVE-2026-0001");
            SmallRegistry registry = new SmallRegistry();
            registry.push("shop/cart", "1", "left", "1.0.0", LABELS);
            registry.push("shop/cart", "1.0", "left", "1.0.0", LABELS);
            registry.push("shop/pay", "1", "right", "1.0.0", "");
            String open = registry.push("open/base", "1", "left", "1.5.0", "");
            SmallRegistry second = new SmallRegistry();
            second.push("works/press", "1", "left", "1.0.0", LABELS);
            registry.project("shop", false);
            registry.project("open", true);
            Files.writeString(folder.resolve("config.json"), """
                    {"auths": {"%s": {"username": "%s", "password": "%s"}}}
                    """.formatted(
                            registry.host(), SmallRegistry.USER, SmallRegistry.PASSWORD));
            Files.writeString(folder.resolve("connectors.yaml"), """
                    format: plimsoll.connectors/v1
                    registries:
                    - {host: "%s", credentials: config.json, private: true, plain: true, kind: harbor}
                    - {host: "%s", private: true, plain: true}
                    pullSecrets: {folder: secrets}
                    """.formatted(registry.host(), second.host()));
            Files.createDirectories(folder.resolve("secrets/works/shop"));
            Files.writeString(folder.resolve("secrets/works/shop/regcred"), """
                    {"auths": {"%s": {"username": "%s", "password": "%s"}}}
                    """.formatted(
                            second.host(), SmallRegistry.USER, SmallRegistry.PASSWORD));
            return Map.ofEntries(
                    Map.entry("quarkus.datasource.jdbc.url", access.jdbcUrl() + "&currentSchema=" + access.schema()),
                    Map.entry("quarkus.datasource.username", access.user()),
                    Map.entry("quarkus.datasource.password", access.password()),
                    Map.entry("quarkus.flyway.schemas", access.schema()),
                    Map.entry("quarkus.oidc.auth-server-url", keycloak.issuer().toString()),
                    Map.entry("plimsoll.analyser.kafka", machine.kafka().bootstrapServers()),
                    Map.entry("plimsoll.analyser.address", "127.0.0.1:1"),
                    Map.entry(
                            "plimsoll.image-scan.connectors",
                            folder.resolve("connectors.yaml").toString()),
                    Map.entry(
                            "plimsoll.image-scan.feeds", folder.resolve("feeds").toString()),
                    Map.entry("plimsoll.image-scan.feeds-every", "200ms"),
                    Map.entry("plimsoll.image-scan.publish-every", "200ms"),
                    Map.entry("test.registry", registry.host()),
                    Map.entry("test.second", second.host()),
                    Map.entry("test.feeds", folder.resolve("feeds").toString()),
                    Map.entry("test.open", open),
                    Map.entry("test.token.service", keycloak.serviceToken("gateway")),
                    Map.entry("test.token.viewer", keycloak.userToken("shop-viewer")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        // The machine ends with the JVM, and the registry with it.
    }
}
