package io.plimsoll.scanning.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final String EMPTY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void knowsTheDigestOfNothing() {
        assertThat(Digest.sha256(new byte[0])).hasToString(EMPTY).isEqualTo(Digest.of(EMPTY));
    }

    @Test
    void checksContent() {
        var computation = Digest.of(EMPTY).computation();
        computation.update("x".getBytes(StandardCharsets.UTF_8));
        assertThat(Digest.of(EMPTY).isResultOf(computation)).isFalse();
    }

    @Test
    void refusesWhatCannotBeVerified() {
        assertThatThrownBy(() -> Digest.of("md5:d41d8cd98f00b204e9800998ecf8427e"))
                .hasMessageContaining("md5");
        assertThatThrownBy(() -> Digest.of("sha256:../../etc/passwd")).hasMessageContaining("not a sha256 digest");
        assertThat(Digest.find("latest")).isEmpty();
    }

    @Test
    void choosesByPlatform() {
        assertThat(Platform.of("linux/arm").accepts(Platform.of("linux/arm/v7")))
                .isTrue();
        assertThat(Platform.of("linux/arm/v6").accepts(Platform.of("linux/arm/v7")))
                .isFalse();
        assertThatThrownBy(() -> Platform.of("amd64")).hasMessageContaining("os/architecture");
    }
}
