package io.plimsoll.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.reference.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked in a registry's place, and whose certificates are believed. */
class MirrorTest {

    private static final ImageReference UPSTREAM = ImageReference.of("registry.example.org/app:1");

    @Test
    void asksTheMirrorAndNeverTheRegistry() throws IOException {
        try (FakeRegistry registry = new FakeRegistry()) {
            registry.behave(exchange -> {
                if (!exchange.getRequestHeaders().containsKey("Authorization")) {
                    exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
                    FakeRegistry.answer(exchange, 401, new byte[0]);
                }
            });
            RegistryOptions options = RegistryOptions.DEFAULT
                    .mirroring(Map.of("registry.example.org", Mirror.of("http://" + registry.host() + "/team")))
                    .with(new Credentials(Map.of(
                            "registry.example.org",
                            new Credentials.Login("upstream", "secret"),
                            registry.host(),
                            new Credentials.Login("mirror", "password"))));
            try (RegistryClient client = new RegistryClient(
                    options,
                    host -> {
                        assertThat(host).isEqualTo("127.0.0.1");
                        return InetAddress.getAllByName(host);
                    },
                    millis -> {})) {
                assertThat(client.resolve(UPSTREAM, Platform.DEFAULT, ImageLimits.DEFAULT)
                                .layers())
                        .hasSize(1);
            }
            String basic = new Credentials.Login("mirror", "password").basic();
            assertThat(registry.requests)
                    .anyMatch(request -> request.startsWith("/v2/team/app/manifests/1 auth=[" + basic))
                    .noneMatch(request -> request.contains(new Credentials.Login("upstream", "secret").basic()));
        }
    }

    @Test
    void readsOnlyAddresses() {
        assertThat(Mirror.of("https://Mirror.example.org:5000/p/q/"))
                .isEqualTo(new Mirror("https", "mirror.example.org:5000", "p/q"));
        assertThat(Mirror.of("https://mirror.example.org").repository("a/b")).isEqualTo("a/b");
        for (String wrong :
                List.of("mirror.example.org", "ftp://m", "https://u:p@m", "https://m?x=1", "https://m/A b")) {
            assertThatThrownBy(() -> Mirror.of(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void believesAPrivateAuthorityOnlyWhenGiven(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore store = selfSigned(folder);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            RegistryOptions options = RegistryOptions.DEFAULT.allowing(Set.of("127.0.0.1"), Set.of());
            assertThat(reasonOf(options, host)).isEqualTo(RegistryProblem.Reason.UNREACHABLE);
            X509Certificate authority = (X509Certificate) store.getCertificate("registry");
            assertThat(reasonOf(options.trusting(List.of(authority)), host))
                    .isEqualTo(RegistryProblem.Reason.NOT_FOUND);
        } finally {
            server.stop(0);
        }
    }

    private static RegistryProblem.Reason reasonOf(RegistryOptions options, String host) throws IOException {
        try (RegistryClient client = new RegistryClient(options)) {
            client.resolve(ImageReference.of(host + "/a:1"), Platform.DEFAULT, ImageLimits.DEFAULT);
            throw new AssertionError("nothing is there");
        } catch (RegistryProblem e) {
            return e.reason();
        }
    }

    private static KeyStore selfSigned(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("keys.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "password".toCharArray());
        }
        return store;
    }
}
