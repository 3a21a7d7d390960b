package io.plimsoll.segmentation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeCidrTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/8", "192.0.2.7/32", "::/0", "2001:db8::/32", "128.0.0.0/1"})
    void aBlockIsWrittenAsItWasRead(String cidr) {
        assertThat(AddressRange.ofCidr(cidr).orElseThrow().cidr()).contains(cidr);
    }

    @Test
    void aRangeThatNeedsSeveralBlocksIsNone() {
        assertThat(range("0.0.0.0", "9.255.255.255").cidr()).isEmpty();
        assertThat(range("10.0.0.1", "10.0.0.2").cidr()).isEmpty();
        assertThat(range("10.0.0.2", "10.0.0.3").cidr()).contains("10.0.0.2/31");
    }

    private static AddressRange range(String first, String last) {
        return new AddressRange(
                Address.parse(first).orElseThrow(), Address.parse(last).orElseThrow());
    }
}
