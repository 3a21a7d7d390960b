package io.plimsoll.segmentation.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The space of addresses cut once more is the one cut at once. */
class ExternalRangesTest {

    @Test
    void followsWhatRulesName() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            TreeSet<AddressRange> named = new TreeSet<>();
            ExternalRanges followed = ExternalRanges.of(List.of());
            for (int step = 0; step < 20; step++) {
                List<AddressRange> before = List.copyOf(named);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    if (random.nextInt(3) == 0) {
                        named.pollFirst();
                    } else {
                        named.add(range(random));
                    }
                }
                List<AddressRange> later = List.copyOf(named);
                followed = followed.after(before, later);
                assertThat(followed).isEqualTo(ExternalRanges.of(later));
            }
        }
    }

    @Test
    void keepsWhatNobodyCuts() {
        List<AddressRange> one = List.of(cidr("10.0.0.0/8"));
        List<AddressRange> both = new ArrayList<>(one);
        both.add(cidr("192.168.0.0/16"));
        ExternalRanges before = ExternalRanges.of(one);
        ExternalRanges after = before.after(one, both);
        assertThat(after.get(after.firstOf(cidr("10.0.0.0/8"))))
                .isSameAs(before.get(before.firstOf(cidr("10.0.0.0/8"))));
        assertThat(ExternalRanges.missing(before.elementary(), after.elementary()))
                .as("what lay behind 10.0.0.0/8 is three ranges now")
                .hasSize(1);
    }

    /** Some that begin or end together, some at the ends of the space. */
    private static AddressRange range(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> AddressRange.every(AddressFamily.values()[random.nextInt(2)]);
            case 1 -> cidr("fd00:%x::/%d".formatted(random.nextInt(4), 16 + random.nextInt(20)));
            case 2 -> cidr("255.%d.0.0/%d".formatted(random.nextInt(256), 8 + random.nextInt(9)));
            default -> cidr("10.%d.0.0/%d".formatted(random.nextInt(4), 8 + random.nextInt(9)));
        };
    }

    private static AddressRange cidr(String written) {
        return AddressRange.ofCidr(written).orElseThrow();
    }
}
