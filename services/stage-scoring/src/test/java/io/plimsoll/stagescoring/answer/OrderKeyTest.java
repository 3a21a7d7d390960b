package io.plimsoll.stagescoring.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.Finding;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bytes compare as what they stand for compares, whatever characters names are made of. */
class OrderKeyTest {

    /** Around the ends of one, two and three bytes, surrogates and what stands above them in UTF-16. */
    private static final List<String> PIECES = List.of(
            "",
            "a",
            "b",
            "ab",
            "a/b",
            "-",
            " ",
            "\u0000",
            "\u0001",
            "\u0002",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ue000",
            "\uffff",
            "\ud83d\ude00",
            "\udbff\udfff",
            "ü",
            "z");

    private final Random random = new Random(1);
    private final List<Control> controls = List.copyOf(new TreeMap<>(Assessment.controls()).values());

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private SubjectId subject() {
        SubjectKind[] kinds = SubjectKind.values();
        return new SubjectId(kinds[random.nextInt(2)], text(), text(), text(), text(), text());
    }

    private Finding finding() {
        boolean waived = random.nextInt(4) == 0;
        Control control = controls.get(random.nextInt(controls.size()));
        return new Finding(
                control,
                new Evidence(
                        control.id(),
                        subject(),
                        waived ? EvidenceState.WAIVED : EvidenceState.FAIL,
                        waived ? Reason.WAIVED_BY_DECLARATION : Reason.SEEN_AND_WRONG,
                        text(),
                        text(),
                        text(),
                        new Source(text(), random.nextInt(3), random.nextInt(70_000))));
    }

    @Test
    void subjectsCompareAsTheirBytes() {
        for (int i = 0; i < 100_000; i++) {
            SubjectId a = subject();
            SubjectId b = subject();
            assertThat(Integer.signum(Arrays.compareUnsigned(OrderKey.of(a), OrderKey.of(b))))
                    .as("%s against %s", a, b)
                    .isEqualTo(Integer.signum(a.compareTo(b)));
        }
    }

    @Test
    void findingsCompareAsTheirBytes() {
        for (int i = 0; i < 100_000; i++) {
            Finding a = finding();
            Finding b = finding();
            assertThat(Integer.signum(Arrays.compareUnsigned(OrderKey.of(a), OrderKey.of(b))))
                    .as("%s against %s", a, b)
                    .isEqualTo(Integer.signum(a.compareTo(b)));
        }
    }

    @Test
    void aKeyHasABound() {
        SubjectId longest = new SubjectId(SubjectKind.WORKLOAD, "c", "n", "o", "x".repeat(10_000), "");
        assertThat(OrderKey.of(longest)).hasSize(OrderKey.BYTES_MAX);
    }
}
