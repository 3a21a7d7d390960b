package io.plimsoll.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, library/nginx, FLOATING",
        "nginx:latest, docker.io, library/nginx, FLOATING",
        "nginx:1.27, docker.io, library/nginx, TAG",
        "org/app:v1, docker.io, org/app, TAG",
        "localhost/app, localhost, app, FLOATING",
        "registry:5000/app:1, registry:5000, app, TAG",
        "registry:5000/app, registry:5000, app, FLOATING",
        "index.docker.io/org/app:1, docker.io, org/app, TAG",
        "ghcr.io/a/b/c:1, ghcr.io, a/b/c, TAG",
        "ko://example.dev/cmd/x, example.dev, cmd/x, BUILT",
        "'{{ .Values.image }}', docker.io, library/{{ .Values.image }}, UNREADABLE",
        "'', docker.io, library/, UNREADABLE",
        "app@sha256:abc, docker.io, library/app, UNREADABLE"
    })
    void isTakenApartAsTheGrammarSays(String written, String registry, String repository, ImageReference.Pin pin) {
        ImageReference image = ImageReference.of(written);
        assertThat(image.registry()).isEqualTo(registry);
        assertThat(image.repository()).isEqualTo(repository);
        assertThat(image.pin()).isEqualTo(pin);
    }

    @ParameterizedTest
    @CsvSource({"app", "app:1.2", "registry:5000/a/app:1.2"})
    void aDigestPinsWhateverTheTag(String name) {
        ImageReference image = ImageReference.of(name + "@sha256:" + "ab".repeat(32));
        assertThat(image.pin()).isEqualTo(ImageReference.Pin.DIGEST);
        assertThat(image.name()).doesNotContain("@");
    }
}
