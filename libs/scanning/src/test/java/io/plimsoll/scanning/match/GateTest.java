package io.plimsoll.scanning.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.KnownExploited;
import io.plimsoll.scanning.advisory.Standing;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final Exploitation NOT_LISTED = new Exploitation.NotListed();
    private static final Exploitation LISTED =
            new Exploitation.Known(new KnownExploited("CVE-2025-1", LocalDate.EPOCH, false));
    private static final Exploitation NOT_KNOWN = new Exploitation.Unknown(new Gap(Gap.Reason.NO_FEED, "kev"));

    private static Finding finding(Optional<Severity> severity, boolean fixed, Exploitation exploitation) {
        return new Finding(
                "CVE-2025-1",
                List.of(),
                List.of("CVE-2025-1"),
                severity,
                -1,
                fixed ? Optional.of("2") : Optional.empty(),
                Standing.AFFECTED,
                exploitation,
                Optional.empty(),
                "");
    }

    private static Gate.Judgement judge(String thresholds, boolean ignoreUnrated, Finding... findings) {
        PackageAnswer answer = new PackageAnswer(
                Packages.of("pkg:npm/a@1"), List.of(findings), List.of(), List.of(), Optional.empty());
        List<Threshold> read = thresholds.isEmpty()
                ? List.of()
                : Stream.of(thresholds.split(",")).map(Threshold::of).toList();
        return new Gate(read, ignoreUnrated).judge(new ImageAnswer(List.of(answer), List.of(), List.of()));
    }

    private static Gate.Judgement judge(String thresholds, Finding finding) {
        return judge(thresholds, false, finding);
    }

    @Test
    void countsFromALevelUpwards() {
        Finding high = finding(Optional.of(Severity.HIGH), false, NOT_LISTED);
        assertThat(judge("high", high).counting()).isEqualTo(1);
        assertThat(judge("low", high).counting()).isEqualTo(1);
        assertThat(judge("any", high).counting()).isEqualTo(1);
        assertThat(judge("critical", high)).isEqualTo(new Gate.Judgement(0, 0));
        assertThat(judge("high-fixable", high)).isEqualTo(new Gate.Judgement(0, 0));
        assertThat(judge("", high)).isEqualTo(new Gate.Judgement(0, 0));
        assertThat(judge("high-fixable", finding(Optional.of(Severity.HIGH), true, NOT_LISTED))
                        .counting())
                .isEqualTo(1);
    }

    @Test
    void isUndecidedWhereTheSeverityIsNotKnown() {
        Finding unrated = finding(Optional.empty(), true, NOT_LISTED);
        assertThat(judge("critical", unrated)).isEqualTo(new Gate.Judgement(0, 1));
        assertThat(judge("critical,unrated", unrated)).isEqualTo(new Gate.Judgement(1, 0));
        assertThat(judge("critical", true, unrated)).isEqualTo(new Gate.Judgement(0, 0));
    }

    @Test
    void isUndecidedWithoutACatalogueOfExploitedWeaknesses() {
        assertThat(judge("exploited", finding(Optional.empty(), true, LISTED)).counting())
                .isEqualTo(1);
        assertThat(judge("exploited", finding(Optional.empty(), true, NOT_LISTED)))
                .isEqualTo(new Gate.Judgement(0, 0));
        // Not about severities: ignoring those that have none does not settle it.
        assertThat(judge("exploited", true, finding(Optional.empty(), true, NOT_KNOWN)))
                .isEqualTo(new Gate.Judgement(0, 1));
    }

    @Test
    void readsAndWritesItsWords() {
        for (String word :
                List.of("critical", "high-fixable", "medium", "low", "exploited", "unrated", "any-fixable")) {
            assertThat(Threshold.of(word)).hasToString(word);
        }
        assertThatThrownBy(() -> Threshold.of("Critical")).hasMessageContaining("none of critical, high");
        assertThatThrownBy(() -> Threshold.of("-fixable")).isInstanceOf(IllegalArgumentException.class);
    }
}
