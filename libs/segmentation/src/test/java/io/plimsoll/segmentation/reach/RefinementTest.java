package io.plimsoll.segmentation.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefinementTest {

    @Test
    void tellsApartExactlyWhatSomeSetTellsApart() {
        for (long seed = 0; seed < 200; seed++) {
            // Given
            Random random = new Random(seed);
            int members = 1 + random.nextInt(120);
            BitSet leftOut = some(members, random, 10);
            List<BitSet> sets = new ArrayList<>();
            for (int i = random.nextInt(9); i >= 0; i--) {
                sets.add(some(members, random, 1 + random.nextInt(4)));
            }
            // When
            Refinement cells = new Refinement(members, leftOut);
            sets.forEach(cells::by);
            // Then
            int[] cellOf = cells.cellOf();
            for (int one = 0; one < members; one++) {
                assertThat(cellOf[one] < 0).isEqualTo(leftOut.get(one));
                assertThat(cellOf[one]).isLessThan(cells.cells());
                for (int other = 0; other < one; other++) {
                    if (!leftOut.get(one) && !leftOut.get(other)) {
                        assertThat(cellOf[one] == cellOf[other])
                                .as("seed %d: %d and %d", seed, one, other)
                                .isEqualTo(alike(one, other, sets));
                    }
                }
            }
        }
    }

    private static boolean alike(int one, int other, List<BitSet> sets) {
        return sets.stream().allMatch(set -> set.get(one) == set.get(other));
    }

    private static BitSet some(int members, Random random, int oneIn) {
        BitSet some = new BitSet();
        for (int member = 0; member < members; member++) {
            some.set(member, random.nextInt(oneIn) == 0);
        }
        return some;
    }
}
