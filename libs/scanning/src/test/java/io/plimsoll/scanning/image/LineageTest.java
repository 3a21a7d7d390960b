package io.plimsoll.scanning.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineageTest {

    private static final String HISTORY =
            "\"history\":[{\"created\":\"2024-01-02T00:00:00Z\",\"created_by\":\"ADD rootfs.tar /\"},"
                    + "{\"created\":\"2024-01-03T00:00:00Z\",\"created_by\":\"/bin/sh -c #(nop)  CMD [\\\"bash\\\"]\",\"empty_layer\":true},"
                    + "{\"created\":\"2025-05-05T00:00:00Z\",\"created_by\":\"COPY app /app\"},"
                    + "{\"created\":\"2025-05-05T00:00:00Z\",\"created_by\":\"CMD [\\\"app\\\"]\",\"empty_layer\":true}]";

    private static ImageConfig config(String rest) throws IOException {
        return ImageConfig.of(
                ("{\"created\":\"2025-05-05T01:00:00+01:00\"," + rest + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void seesByTheHistoryWhereTheBaseEnds() throws IOException {
        Lineage lineage = Lineage.of(config(HISTORY), Map.of());
        assertThat(lineage.created()).contains(Instant.parse("2025-05-05T00:00:00Z"));
        assertThat(lineage.base())
                .contains(new BaseImage(
                        "", "", 1, Optional.of(Instant.parse("2024-01-03T00:00:00Z")), BaseImage.Evidence.HISTORY));
    }

    @Test
    void takesTheNameFromTheAnnotationThenFromTheLabel() throws IOException {
        String labels = "\"config\":{\"Labels\":{\"org.opencontainers.image.base.name\":\"r/base:1\","
                + "\"org.opencontainers.image.source\":\"https://git.example.org/a\",\"org.opencontainers.image.revision\":\"abc\"}}";
        Lineage labelled = Lineage.of(config(labels), Map.of());
        assertThat(labelled.source()).isEqualTo("https://git.example.org/a");
        assertThat(labelled.revision()).isEqualTo("abc");
        assertThat(labelled.base()).hasValueSatisfying(base -> {
            assertThat(base.name()).isEqualTo("r/base:1");
            assertThat(base.evidence()).isEqualTo(BaseImage.Evidence.LABEL);
            assertThat(base.layers()).isEqualTo(-1);
        });
        Lineage annotated = Lineage.of(
                config(HISTORY + "," + labels),
                Map.of(
                        "org.opencontainers.image.base.name",
                        "r/base:2",
                        "org.opencontainers.image.base.digest",
                        "sha256:1"));
        assertThat(annotated.base()).hasValueSatisfying(base -> {
            assertThat(base.name() + "@" + base.digest()).isEqualTo("r/base:2@sha256:1");
            assertThat(base.evidence()).isEqualTo(BaseImage.Evidence.ANNOTATION);
            assertThat(base.layers()).isEqualTo(1);
        });
    }

    @Test
    void doesNotTakeTheZeroesOfReproducibleBuildsForATime() throws IOException {
        ImageConfig zero = ImageConfig.of("{\"created\":\"1970-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(Lineage.of(zero, Map.of())).isEqualTo(Lineage.NONE);
        ImageConfig none = ImageConfig.of("{\"created\":\"yesterday\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(Lineage.of(none, Map.of()).created()).isEmpty();
    }
}
