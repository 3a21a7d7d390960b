package io.plimsoll.audit.control.plane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as the package time of Go reads them: "A duration string is a possibly signed sequence of decimal numbers". */
class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "1m0s,PT1M",
        "300s,PT5M",
        "1.5h,PT1H30M",
        "1h2m3s,PT1H2M3S",
        "100ms,PT0.1S",
        ".5s,PT0.5S",
        "0,PT0S",
        "0s,PT0S"
    })
    void readsNumbersWithUnits(String written, Duration expected) {
        assertThat(GoDuration.of(written)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "1d", "s", "1", "m5", "-5s", "1..5s", "1 m", "soon", "9999999h"})
    void refusesWhatIsNone(String written) {
        assertThat(GoDuration.of(written)).isEmpty();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(GoDuration.of("1s".repeat(30))).isEmpty();
    }
}
