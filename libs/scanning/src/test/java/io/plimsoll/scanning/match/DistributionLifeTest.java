package io.plimsoll.scanning.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.scanning.pack.Distribution;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionLifeTest {

    @ParameterizedTest
    @CsvSource({
        "debian,12,,2028-06-30",
        "ubuntu,22.04,,2027-06-01",
        "alpine,3.19.1,,2025-11-01",
        "rhel,8.10,,2029-05-31",
        "centos,8,CentOS Linux 8,2021-12-31",
        "centos,8,CentOS Stream 8,2024-05-31",
        "centos,9,CentOS Stream 9,2027-05-31",
        "almalinux,8.10,,2029-03-01",
        "opensuse-leap,15.6,,2026-04-30",
        "mariner,2.0,,2025-07-31"
    })
    void knowsUntilWhenReleasesAreMended(String id, String release, String name, LocalDate until) {
        Distribution said = new Distribution(id, release, "", name == null ? "" : name, "");
        assertThat(DistributionLife.builtIn().of(id, ReleaseNames.lifeRelease(said)))
                .hasValueSatisfying(life -> {
                    assertThat(life.until()).isEqualTo(until);
                    assertThat(life.source()).isNotBlank();
                });
    }

    @Test
    void saysNothingOfWhatItDoesNotKnow() {
        assertThat(DistributionLife.builtIn().of("debian", "99")).isEmpty();
        assertThat(DistributionLife.builtIn().of("amzn", "2")).isEmpty();
    }

    private static DistributionLife read(String rows) throws IOException {
        return DistributionLife.read(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void namesTheLineThatIsWrong() {
        assertThatThrownBy(() -> read("# comment\ndebian,1,2020-01-01,\n"))
                .hasMessageStartingWith("line 2: five fields");
        assertThatThrownBy(() -> read("debian,1,2020-01-01,, \n")).hasMessageStartingWith("line 1: five fields");
        assertThatThrownBy(() -> read("debian,1,soon,,x\n")).hasMessageStartingWith("line 1: ");
        assertThatThrownBy(() -> read("a,1,2020-01-01,,x\na,1,2021-01-01,,x\n"))
                .hasMessage("line 2: a second row of a 1");
    }
}
