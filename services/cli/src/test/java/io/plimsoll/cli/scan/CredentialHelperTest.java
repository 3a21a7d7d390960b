package io.plimsoll.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.registry.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialHelperTest {

    @TempDir
    Path folder;

    private Path config(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }

    @Test
    void readsWhatNeedsNoHelper() throws IOException {
        Path config = config("{\"auths\":{\"r.example.org\":{\"auth\":\"dTpw\"}}}");
        assertThat(CredentialHelper.read(config, "r.example.org"))
                .isEqualTo(new Credentials(Map.of("r.example.org", new Credentials.Login("u", "p"))));
    }

    @Test
    void runsNothingThatIsNoHelper() throws IOException {
        for (String name : new String[] {"../../bin/sh", "a b", "x;reboot", "$(id)"}) {
            Path config = config("{\"credsStore\":\"" + name + "\"}");
            assertThatThrownBy(() -> CredentialHelper.read(config, "r.example.org"))
                    .hasMessageContaining("not the name of a credential helper");
        }
        Path missing = config("{\"credHelpers\":{\"r.example.org\":\"is-not-there\"}}");
        assertThatThrownBy(() -> CredentialHelper.read(missing, "r.example.org"))
                .hasMessageContaining("docker-credential-is-not-there cannot be run");
        assertThat(CredentialHelper.read(missing, "other.example.org")).isEqualTo(Credentials.NONE);
    }

    @Test
    void saysWhereAConfigurationIsBroken() throws IOException {
        Path config = config("{");
        assertThatThrownBy(() -> CredentialHelper.read(config, "r.example.org"))
                .hasMessageContaining("config.json: not JSON at line 1");
    }
}
