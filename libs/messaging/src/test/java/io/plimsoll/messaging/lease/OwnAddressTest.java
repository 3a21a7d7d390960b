package io.plimsoll.messaging.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3:8080, 10.1.2.3:8080",
        "pod.plimsoll.svc:8080, pod.plimsoll.svc:8080",
        "fd00:10:244::7:8080, [fd00:10:244::7]:8080",
        "::1:8080, [::1]:8080",
        "[fd00::7]:8080, [fd00::7]:8080",
    })
    void bracketsAnAddressOfTheSixthVersion(String told, String said) {
        assertThat(OwnAddress.of(told).text()).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", ":8080", "host:", "host:http", "host:65536", "[fd00::7]"})
    void refusesWhatIsNoAddress(String told) {
        assertThatThrownBy(() -> OwnAddress.of(told)).hasMessageContaining("not host:port: " + told);
    }
}
