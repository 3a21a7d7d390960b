package io.plimsoll.embedded.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.embedded.EmbeddedProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealmTextTest {

    @TempDir
    Path folder;

    @Test
    void fillsPlaceholdersAsJsonText() throws Exception {
        Path file = Files.writeString(folder.resolve("realm.json"), "{\"secret\": \"${A_SECRET}\"}");
        assertThat(RealmText.of(file, Map.of("A_SECRET", "a\"$1\\b"))).isEqualTo("{\"secret\": \"a\\\"$1\\\\b\"}");
    }

    @Test
    void namesAPlaceholderThatNothingFills() throws Exception {
        Path file = Files.writeString(folder.resolve("realm.json"), "{\"secret\": \"${OTHER}\"}");
        assertThatThrownBy(() -> RealmText.of(file, Map.of()))
                .isInstanceOf(EmbeddedProblem.class)
                .hasMessage(file + ": nothing to fill in for ${OTHER}");
    }
}
