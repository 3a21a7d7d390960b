package io.plimsoll.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutTest {

    @ParameterizedTest
    @CsvSource({"1H, PT1H", "2M, PT2M", "10S, PT10S", "500m, PT0.5S", "99999999u, PT99.999999S", "5n, PT0.000000005S"})
    void readsEachUnit(String text, Duration timeout) {
        assertThat(Timeout.parsed(text)).contains(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "10", "-1S", "1s", "123456789S", "1 S"})
    void isEmptyForWhatIsNone(String text) {
        assertThat(Timeout.parsed(text)).isEmpty();
    }

    @Test
    void isEmptyForNone() {
        assertThat(Timeout.parsed(null)).isEmpty();
    }
}
