package io.plimsoll.segmentation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and blocks of both families. */
class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "010.000.0.1, 10.0.0.1",
        "::, ::",
        "::1, ::1",
        "FD00:0:0::1, fd00::1",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::ffff:10.0.0.1, ::ffff:a00:1",
        "0:0:1::, 0:0:1::"
    })
    void readsAndWritesTheUsualText(String written, String canonical) {
        assertThat(Address.parse(written)).get().hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0.1",
                "10..0.1",
                "10.0.0.",
                ".0.0.1",
                "10.0.0.0001",
                "10.0.0.+1",
                "10.0.0.١",
                "example.org",
                "1:2:3",
                "1::2::3",
                "12345::",
                ":::"
            })
    void readsNothingElse(String written) {
        assertThat(Address.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0-10.255.255.255",
        "10.1.2.3/32, 10.1.2.3-10.1.2.3",
        "0.0.0.0/0, 0.0.0.0-255.255.255.255",
        "fd00::/8, fd00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void readsABlock(String cidr, String range) {
        assertThat(AddressRange.ofCidr(cidr)).get().hasToString(range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "/8"})
    void readsNoOtherBlock(String cidr) {
        assertThat(AddressRange.ofCidr(cidr)).isEmpty();
    }

    @Test
    void cutsRangesOutOfARange() {
        AddressRange every = AddressRange.ofCidr("10.0.0.0/30").orElseThrow();
        List<AddressRange> less = every.without(List.of(
                AddressRange.ofCidr("10.0.0.1/32").orElseThrow(),
                AddressRange.ofCidr("10.0.0.3/32").orElseThrow()));
        assertThat(less).map(AddressRange::toString).containsExactly("10.0.0.0-10.0.0.0", "10.0.0.2-10.0.0.2");
    }
}
