package io.plimsoll.imagescan.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which registries may be asked, and what is said of a file that cannot be used. */
class ConnectorFileTest {

    @TempDir
    Path folder;

    private Path file(String registries) throws IOException {
        return Files.writeString(
                folder.resolve("connectors.yaml"), "format: plimsoll.connectors/v1\nregistries:\n" + registries);
    }

    @Test
    void onlyWhatIsNamedIsReached() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\":{\"registry.example.com:5000\":{\"auth\":\"Y2k6c2VjcmV0\"}}}");
        Connectors connectors = ConnectorFile.read(
                file("- {host: \"Registry.example.com:5000\", credentials: config.json, private: true}\n"
                        + "- {host: docker.io, mirror: \"https://mirror.example.com/hub\"}\n"));
        assertThat(connectors.reaches(ImageReference.of("registry.example.com:5000/team/a:1")))
                .isTrue();
        assertThat(connectors.reaches(ImageReference.of("registry.example.com/team/a:1")))
                .isFalse();
        assertThat(connectors.reaches(ImageReference.of("nginx"))).isTrue();
        assertThat(connectors.mirrored(ImageReference.of("nginx"))).isTrue();
        assertThat(connectors.toString()).doesNotContain("secret").contains("ci:…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- {host: 'https://registry.example.com'} | registries[0].host",
                "- {host: a.example.com, password: x} | registries[0].password: no such field",
                "- {host: a.example.com, credentials: none.json} | registries[0].credentials",
                "- {host: a.example.com, authority: none.pem} | registries[0].authority",
                "- {host: a.example.com, mirror: 'file:///etc'} | registries[0].mirror",
                "- [] | registries[0].host",
                "- {host: a.example.com, kind: quay} | registries[0].kind",
            })
    void whatCannotBeUsedIsNamedWithItsPlace(String registries, String place) throws IOException {
        Path file = file(registries);
        assertThatThrownBy(() -> ConnectorFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connectors.yaml")
                .hasMessageContaining(place);
    }

    @Test
    void aHostIsThereOnce() throws IOException {
        Path file = file("- {host: a.example.com}\n- {host: A.example.com}\n");
        assertThatThrownBy(() -> ConnectorFile.read(file)).hasMessageContaining("is there twice");
    }

    @Test
    void aFileOfAnotherFormIsRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), "format: plimsoll.declarations/v1\n");
        assertThatThrownBy(() -> ConnectorFile.read(other)).hasMessageContaining("format is not");
        assertThatThrownBy(() -> ConnectorFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("no such file");
        Path key = Files.writeString(folder.resolve("key.pem"), "no key");
        Path good = file("- {host: a.example.com}\nsignatures: {keys: [" + key.getFileName() + "]}\n");
        assertThatThrownBy(() -> ConnectorFile.read(good)).hasMessageContaining("key.pem");
        Path nobody = file("- {host: a.example.com}\nsignatures: {sigstoreRoot: key.pem}\n");
        assertThatThrownBy(() -> ConnectorFile.read(nobody)).hasMessageContaining("signatures: key.pem");
    }

    @Test
    void pullSecretsAreReadFromTheirFolderAndNowhereElse() throws IOException {
        Path file = Files.writeString(
                folder.resolve("connectors.yaml"),
                "format: plimsoll.connectors/v1\nregistries: [{host: a.example.com}]\npullSecrets: {folder: secrets}\n");
        assertThatThrownBy(() -> ConnectorFile.read(file))
                .hasMessageContaining("pullSecrets.folder: secrets is no folder");
        Path held = Files.createDirectories(folder.resolve("secrets/prod/shop/mounted"));
        String login = "{\"auths\":{\"a.example.com\":{\"auth\":\"Y2k6c2VjcmV0\"}}}";
        Files.writeString(held.resolve(".dockerconfigjson"), login);
        Files.writeString(held.resolveSibling("plain"), login);
        Files.writeString(held.resolveSibling("broken"), "no json");
        Files.writeString(folder.resolve("outside"), login);
        Connectors connectors = ConnectorFile.read(file);
        assertThat(connectors.usesPullSecrets()).isTrue();
        PullSecrets secrets = connectors.pullSecrets().orElseThrow();
        assertThat(secrets.of("prod/shop/mounted").orElseThrow().logins()).containsKey("a.example.com");
        assertThat(secrets.of("prod/shop/plain")).isPresent();
        for (String none : new String[] {
            "prod/shop/broken",
            "prod/shop/none",
            "prod/shop",
            "../outside",
            "prod/shop/..",
            "prod/../outside",
            "a/b/c/d"
        }) {
            assertThat(secrets.of(none)).as(none).isEmpty();
        }
        assertThat(secrets.toString()).doesNotContain("secret\"");
    }
}
