package io.plimsoll.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.ImageScan;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.reference.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a small registry on loopback: authorisation, waiting, resuming, and what is refused. */
class RegistryClientTest {

    private final FakeRegistry registry;
    private final List<Long> pauses = new ArrayList<>();

    RegistryClientTest() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistryOptions options() {
        return RegistryOptions.DEFAULT.allowing(Set.of("127.0.0.1"), Set.of(registry.host()));
    }

    private RegistryOptions known() {
        return options().with(new Credentials(Map.of(registry.host(), new Credentials.Login("ci", "ci-pass"))));
    }

    private ImageReport scan(RegistryOptions options) throws IOException {
        return scan(options, "/team/app:1");
    }

    private ImageReport scan(RegistryOptions options, String path) throws IOException {
        try (RegistryClient client = new RegistryClient(options, InetAddress::getAllByName, pauses::add)) {
            return ImageScan.DEFAULT.read(
                    client.resolve(ImageReference.of(registry.host() + path), Platform.DEFAULT, ImageLimits.DEFAULT));
        }
    }

    private static String system(ImageReport report) {
        assertThat(report.catalogue().incomplete()).isEmpty();
        return report.catalogue().distribution().orElseThrow().qualifier();
    }

    private static Optional<String> authorization(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    @Test
    void pullsByTagAndByDigest() throws IOException {
        assertThat(system(scan(options()))).isEqualTo("alpine-3.19");
        byte[] manifest = registry.content.getOrDefault("/v2/team/app/manifests/1", new byte[0]);
        Digest digest = Digest.sha256(manifest);
        registry.content.put("/v2/team/app/manifests/" + digest, manifest);
        assertThat(scan(options(), "/team/app@" + digest).digest()).contains(digest);
        registry.content.put("/v2/team/app/manifests/" + digest, "{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> scan(options(), "/team/app@" + digest))
                .hasMessageContaining("does not have the digest");
    }

    @Test
    void authorisesByBasic() throws IOException {
        registry.behave(exchange -> {
            if (!authorization(exchange).equals(Optional.of("Basic Y2k6Y2ktcGFzcw=="))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                FakeRegistry.answer(exchange, 401, new byte[0]);
            }
        });
        assertThat(system(scan(known()))).isEqualTo("alpine-3.19");
        assertThatThrownBy(() -> scan(options())).hasMessageContaining("there are none for it");
    }

    @Test
    void authorisesByToken() throws IOException {
        registry.behave(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/token")) {
                assertThat(exchange.getRequestURI().toString()).contains("scope=repository%3Ateam%2Fapp%3Apull");
                FakeRegistry.answer(exchange, 200, "{\"token\":\"t0k\"}".getBytes(StandardCharsets.UTF_8));
            } else if (!authorization(exchange).equals(Optional.of("Bearer t0k"))) {
                exchange.getResponseHeaders()
                        .set(
                                "WWW-Authenticate",
                                "Bearer realm=\"http://" + registry.host() + "/token\",service=\"reg\"");
                FakeRegistry.answer(exchange, 401, new byte[0]);
            }
        });
        assertThat(system(scan(known()))).isEqualTo("alpine-3.19");
        assertThat(registry.requests)
                .filteredOn(request -> request.startsWith("/token"))
                .hasSize(1);
    }

    @Test
    void givesCredentialsToNoOtherHost() throws IOException {
        try (FakeRegistry other = new FakeRegistry()) {
            registry.behave(exchange -> {
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Bearer realm=\"http://" + other.host() + "/token\",service=\"x\"");
                FakeRegistry.answer(exchange, 401, new byte[0]);
            });
            assertThatThrownBy(() -> scan(known())).hasMessageContaining("asks for its credentials at another host");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void leavesCredentialsBehindOnARedirect() throws IOException {
        try (FakeRegistry other = new FakeRegistry()) {
            registry.behave(exchange -> {
                if (authorization(exchange).isEmpty()) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                    FakeRegistry.answer(exchange, 401, new byte[0]);
                } else if (exchange.getRequestURI().getPath().equals(registry.blobPath())) {
                    exchange.getResponseHeaders().set("Location", "http://" + other.host() + other.blobPath());
                    FakeRegistry.answer(exchange, 307, new byte[0]);
                }
            });
            assertThat(system(scan(known()))).isEqualTo("alpine-3.19");
            assertThat(other.requests).containsExactly(other.blobPath() + " auth=[]");
        }
    }

    @Test
    void refusesRedirectsToWhereNoRegistryIs() throws IOException {
        for (String location : List.of(
                "http://169.254.169.254/latest/meta-data/",
                "http://localhost:1/",
                "http://[::1]/",
                "http://[::ffff:169.254.169.254]/",
                "file:///etc/passwd",
                "gopher://x/",
                "jar:file:/x!/y")) {
            registry.behave(exchange -> {
                exchange.getResponseHeaders().set("Location", location);
                FakeRegistry.answer(exchange, 302, new byte[0]);
            });
            assertThatThrownBy(() -> scan(options()))
                    .as(location)
                    .isInstanceOfSatisfying(
                            RegistryProblem.class,
                            problem -> assertThat(problem.reason())
                                    .isIn(
                                            RegistryProblem.Reason.ADDRESS_REFUSED,
                                            RegistryProblem.Reason.REDIRECT_REFUSED));
        }
        registry.behave(exchange -> {
            exchange.getResponseHeaders().set("Location", "/again");
            FakeRegistry.answer(exchange, 302, new byte[0]);
        });
        assertThatThrownBy(() -> scan(options())).hasMessageContaining("redirects more than 5 times");
    }

    @Test
    void refusesAPrivateAddressThatIsNotNamed() {
        RegistryOptions unnamed = RegistryOptions.DEFAULT.allowing(Set.of(), Set.of(registry.host()));
        assertThatThrownBy(() -> scan(unnamed)).hasMessageContaining("has an address that is not public");
        assertThat(registry.requests).isEmpty();
    }

    @Test
    void judgesEveryAddressOfAName() throws IOException {
        AddressRules rules =
                new AddressRules(Set.of(), host -> new InetAddress[] {address("8.8.8.8"), address("10.0.0.1")});
        assertThatThrownBy(() -> rules.resolve("mixed.example.org")).isInstanceOf(AddressRules.Refused.class);
        for (String inside : List.of(
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fd00:ec2::254",
                "fe80::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2001:db8::1",
                "ff02::1")) {
            assertThat(AddressRules.isPublic(address(inside))).as(inside).isFalse();
        }
        for (String outside : List.of("8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808")) {
            assertThat(AddressRules.isPublic(address(outside))).as(outside).isTrue();
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void resumesABlobWhereTheConnectionBroke() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        List<String> ranges = new ArrayList<>();
        byte[] layer = registry.layer;
        registry.behave(exchange -> {
            if (!exchange.getRequestURI().getPath().equals(registry.blobPath())) {
                return;
            }
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(String.valueOf(range));
            int from = range == null ? 0 : Integer.parseInt(range.substring(6, range.length() - 1));
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (layer.length - 1) + "/" + layer.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, layer.length - from);
            int give = asked.incrementAndGet() < 3 ? 20 : layer.length - from;
            exchange.getResponseBody().write(layer, from, give);
            exchange.getResponseBody().flush();
        });
        assertThat(system(scan(options()))).isEqualTo("alpine-3.19");
        assertThat(ranges).containsExactly("null", "bytes=20-", "bytes=40-");
    }

    @Test
    void waitsAsLongAsToldWithinABound() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        registry.behave(exchange -> {
            if (asked.incrementAndGet() < 3) {
                exchange.getResponseHeaders().set("Retry-After", asked.get() == 1 ? "2" : "999999");
                FakeRegistry.answer(exchange, 429, new byte[0]);
            }
        });
        assertThat(system(scan(options()))).isEqualTo("alpine-3.19");
        assertThat(pauses).containsExactly(2_000L, 60_000L);
        registry.behave(exchange -> FakeRegistry.answer(exchange, 503, new byte[0]));
        assertThatThrownBy(() -> scan(options())).hasMessageContaining("answered 503 4 times");
    }

    @Test
    void refusesForgedAndHugeContent() throws IOException {
        registry.content.put(registry.blobPath(), "forged".getBytes(StandardCharsets.UTF_8));
        assertThat(scan(options()).catalogue().incomplete().toString()).contains("does not have the digest");
        registry.content.put("/v2/team/app/manifests/1", new byte[5 << 20]);
        assertThatThrownBy(() -> scan(options())).hasMessageContaining("answer larger than 4194304 bytes");
    }

    @Test
    void findsReferrersByTheApiOrTheFallbackTag() throws IOException {
        Digest subject = Digest.sha256(new byte[0]);
        ImageReference image = ImageReference.of(registry.host() + "/team/app:1");
        try (RegistryClient client = new RegistryClient(options(), InetAddress::getAllByName, pauses::add)) {
            assertThat(client.referrers(image, subject, ImageLimits.DEFAULT)).isEmpty();
            byte[] index = "{\"manifests\":[]}".getBytes(StandardCharsets.UTF_8);
            registry.content.put("/v2/team/app/manifests/sha256-" + subject.hex(), index);
            assertThat(client.referrers(image, subject, ImageLimits.DEFAULT)).contains(index);
        }
    }

    @Test
    void readsDockersConfiguration() throws IOException {
        String auth = Base64.getEncoder().encodeToString("u:p:w".getBytes(StandardCharsets.UTF_8));
        Credentials read = Credentials.dockerConfig(
                new ByteArrayInputStream(("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"" + auth
                                + "\"},\"r.example.org\":{\"auth\":\"%%\"},\"s.example.org\":{}}}")
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(read.logins()).containsOnlyKeys("docker.io");
        assertThat(read.at("docker.io").orElseThrow().password()).isEqualTo("p:w");
        assertThat(read.toString()).doesNotContain("p:w");
    }
}
