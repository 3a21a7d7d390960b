package io.plimsoll.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.declaration.DeclarationsReader;
import io.plimsoll.kernel.declaration.Declarations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DemoEstateTest {

    private static Declarations declared(LocalDate today) throws IOException {
        return DeclarationsReader.read(
                "declarations.yaml", new ByteArrayInputStream(DemoEstate.find().declarations(today)));
    }

    @Test
    void saysTheSameOnAnyDay() throws IOException {
        Declarations then = declared(DemoEstate.WRITTEN);
        Declarations later = declared(DemoEstate.WRITTEN.plusDays(1_000));

        assertThat(later.attestations()).hasSameSizeAs(then.attestations()).isNotEmpty();
        assertThat(Duration.between(
                        then.waivers().getFirst().expires(),
                        later.waivers().getFirst().expires()))
                .isEqualTo(Duration.ofDays(1_000));
    }

    @Test
    void changesNothingOnTheDayItIsWrittenFor() throws IOException {
        assertThat(new String(DemoEstate.find().declarations(DemoEstate.WRITTEN), StandardCharsets.UTF_8))
                .contains("acknowledged: 2026-05-20", "expires: 2026-09-30");
    }
}
