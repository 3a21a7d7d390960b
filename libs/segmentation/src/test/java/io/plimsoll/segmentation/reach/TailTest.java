package io.plimsoll.segmentation.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TailTest {

    private static List<Integer> groups(Tail tail) {
        List<Integer> groups = new ArrayList<>();
        for (int place = 0; place < tail.size(); place++) {
            groups.add(tail.at(place));
        }
        return groups;
    }

    @Test
    void isOfGroupZeroBehindItsEnd() {
        Tail one = Tail.NONE.with(0, new char[] {1});
        Tail two = one.with(1, new char[] {2});
        assertThat(groups(two)).containsExactly(1, 2);
        assertThat(groups(one)).containsExactly(1);
        assertThat(one.at(1)).isZero();
        assertThat(Tail.NONE.at(0)).isZero();
    }

    @Test
    void placesBetweenAreOfGroupZero() {
        Tail one = Tail.NONE.with(3, new char[] {7});
        assertThat(groups(one)).containsExactly(0, 0, 0, 7);
        assertThat(groups(one.with(6, new char[] {8}))).containsExactly(0, 0, 0, 7, 0, 0, 8);
    }

    /** Any of them may be made longer, more than once, and none sees what became of another. */
    @Test
    void keepsWhatItHasWhateverIsMadeOfIt() {
        Random random = new Random(1);
        List<Tail> tails = new ArrayList<>(List.of(Tail.NONE));
        List<List<Integer>> expected = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < 500; i++) {
            int of = random.nextInt(3) == 0 ? random.nextInt(tails.size()) : tails.size() - 1;
            int gap = random.nextInt(3);
            char[] further = new char[1 + random.nextInt(4)];
            List<Integer> all = new ArrayList<>(expected.get(of));
            for (int g = 0; g < gap; g++) {
                all.add(0);
            }
            for (int f = 0; f < further.length; f++) {
                further[f] = (char) (1 + random.nextInt(9));
                all.add((int) further[f]);
            }
            tails.add(tails.get(of).with(tails.get(of).size() + gap, further));
            expected.add(all);
        }
        for (int i = 0; i < tails.size(); i++) {
            assertThat(groups(tails.get(i))).isEqualTo(expected.get(i));
        }
    }
}
