package io.plimsoll.imagescan.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was read here, and what other scanners report. */
class TogetherTest {

    private static final SubjectId CART = SubjectId.ofCluster("cart");
    private static final SubjectId PAY = SubjectId.ofCluster("pay");

    private static Evidence dated(SubjectId subject, String how) {
        return new Evidence(
                "image-scanned",
                subject,
                EvidenceState.UNKNOWN,
                Reason.NO_CLOCK,
                "scanned",
                "2026-06-30T00:00:00Z",
                how,
                Source.NONE);
    }

    private static Evidence pending(SubjectId subject) {
        return Evidence.unknown("image-scanned", subject, Reason.SCAN_PENDING, "", Source.NONE);
    }

    @Test
    void whatWasReadHereStandsOverAReport() {
        assertThat(ImageScan.together(List.of(dated(CART, "here")), List.of(dated(CART, "there"))))
                .containsExactly(dated(CART, "here"));
    }

    @Test
    void aReportStandsWhereTheQuestionIsOpen() {
        assertThat(ImageScan.together(List.of(pending(CART), pending(PAY)), List.of(dated(CART, "there"))))
                .containsExactlyInAnyOrder(dated(CART, "there"), pending(PAY));
    }

    @Test
    void withoutARegistryOnlyReportsAreThere() {
        assertThat(ImageScan.together(List.of(), List.of(dated(CART, "there")))).containsExactly(dated(CART, "there"));
        assertThat(ImageScan.together(List.of(), List.of())).isEmpty();
    }
}
