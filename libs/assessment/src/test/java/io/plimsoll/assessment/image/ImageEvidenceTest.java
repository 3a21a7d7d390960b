package io.plimsoll.assessment.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.image.ImageStanding.Answer;
import io.plimsoll.assessment.image.ImageStanding.Critical;
import io.plimsoll.assessment.image.ImageStanding.Doubt;
import io.plimsoll.assessment.image.ImageStanding.RegistrySays;
import io.plimsoll.assessment.image.ImageStanding.Report;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From what is known of an image to evidence, and from a moment to a verdict. */
class ImageEvidenceTest {

    private static final Instant NOON = Instant.parse("2026-06-30T12:00:00Z");
    private static final Subject CART = new Subject(
            new SubjectId(SubjectKind.IMAGE, "prod", "shop", "Deployment", "cart", "main"),
            "green",
            "shop",
            Tier.APPLICATION,
            Exposure.NONE,
            Lifecycle.UNSTATED,
            Set.of(),
            "registry.example.com/cart:1",
            Source.NONE);

    private static ImageStanding.Read read(Optional<Doubt> doubt, Optional<Critical> critical) {
        return new ImageStanding.Read(
                "sha256:0",
                NOON,
                doubt,
                critical,
                "built from https://git.example.com/cart at 1234",
                new Answer.No("no trusted key signed"),
                new Answer.Yes("it needs one"),
                RegistrySays.NOTHING);
    }

    /** By control: state and reason. */
    private static Map<String, String> states(ImageStanding standing, @Nullable Instant asOf) {
        Map<String, String> states = new TreeMap<>();
        for (Evidence each :
                DatedEvidence.judged(ImageEvidence.of(CART, "registry.example.com/cart:1", standing), asOf)) {
            Reason reason = each.reason();
            states.put(each.control(), each.state() + (reason == null ? "" : " " + reason.slug()));
        }
        return states;
    }

    @Test
    void anImageThatWasReadAnswersEveryQuestion() {
        assertThat(states(read(Optional.empty(), Optional.empty()), NOON))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "image-scanned", "PASS",
                        "image-criticals-blocked", "PASS",
                        "image-traceable", "PASS",
                        "image-signature-verified", "FAIL seen-and-wrong",
                        "image-pull-needs-credential", "PASS",
                        "image-access-governed", "UNKNOWN needs-connector"));
    }

    @Test
    void whatIsNotReadIsUnknownWithItsReason() {
        assertThat(states(new ImageStanding.Pending("it waits"), NOON).values())
                .hasSize(6)
                .containsOnly("UNKNOWN scan-pending");
        assertThat(states(new ImageStanding.Unresolved("not-found"), NOON).values())
                .containsOnly("UNKNOWN unresolved-tag");
        assertThat(states(new ImageStanding.Failed("unreachable"), NOON).values())
                .containsOnly("UNKNOWN scan-failed");
    }

    @Test
    void whereNobodyIsConnectedNothingIsSaid() {
        assertThat(ImageEvidence.of(CART, "x", new ImageStanding.NotConnected()))
                .isEmpty();
    }

    @Test
    void nothingFoundInStaleFeedsIsNoAnswer() {
        Optional<Doubt> stale = Optional.of(new Doubt.Feeds("feed-stale (Debian)"));
        assertThat(states(read(stale, Optional.empty()), NOON))
                .containsEntry("image-scanned", "UNKNOWN feed-stale")
                .containsEntry("image-criticals-blocked", "UNKNOWN feed-stale");
        // What was found stands whatever else is not known.
        assertThat(states(read(stale, Optional.of(new Critical("CVE-1", NOON.minus(Duration.ofDays(31))))), NOON))
                .containsEntry("image-criticals-blocked", "FAIL seen-and-wrong");
        assertThat(states(read(Optional.of(new Doubt.Parts("layer 3: damaged")), Optional.empty()), NOON))
                .containsEntry("image-scanned", "UNKNOWN partial-analysis");
    }

    /** Days between the scan and the time judged by. */
    @ParameterizedTest
    @CsvSource({"0, PASS", "7, PASS", "8, FAIL seen-and-wrong", "-1, UNKNOWN needs-connector"})
    void aScanCountsForSevenDays(int days, String expected) {
        Instant asOf = NOON.plus(Duration.ofDays(days));
        assertThat(states(read(Optional.empty(), Optional.empty()), asOf)).containsEntry("image-scanned", expected);
    }

    @ParameterizedTest
    @CsvSource({"0, PASS", "30, PASS", "31, FAIL seen-and-wrong"})
    void aCriticalWeaknessWithAFixMayStayThirtyDays(int days, String expected) {
        Instant asOf = NOON.plus(Duration.ofDays(days));
        assertThat(states(read(Optional.empty(), Optional.of(new Critical("CVE-2021-44228", NOON))), asOf))
                .containsEntry("image-criticals-blocked", expected);
    }

    @Test
    void withoutAClockWhatIsDatedStaysOpen() {
        assertThat(states(read(Optional.empty(), Optional.of(new Critical("CVE-1", NOON))), null))
                .containsEntry("image-scanned", "UNKNOWN no-clock")
                .containsEntry("image-criticals-blocked", "UNKNOWN no-clock");
    }

    @Test
    void judgingTwiceIsJudgingOnce() {
        List<Evidence> once = DatedEvidence.judged(
                ImageEvidence.of(CART, "x", read(Optional.empty(), Optional.of(new Critical("CVE-1", NOON)))), NOON);
        assertThat(DatedEvidence.judged(once, NOON.plus(Duration.ofDays(400)))).isEqualTo(once);
    }

    @Test
    void otherEvidenceWithoutAClockIsLeftAlone() {
        Evidence other = Evidence.unknown("standard-acknowledged", CART.id(), Reason.NO_CLOCK, "", Source.NONE);
        assertThat(DatedEvidence.judged(List.of(other), NOON)).containsExactly(other);
        assertThat(other.state()).isEqualTo(EvidenceState.UNKNOWN);
    }

    private static ImageStanding.Read doubtful(Optional<Critical> critical, Optional<Report> report, String blocking) {
        ImageStanding.Read read = read(Optional.of(new Doubt.Feeds("no feed")), critical);
        return new ImageStanding.Read(
                read.digest(),
                read.matched(),
                read.doubt(),
                critical,
                read.origin(),
                read.signature(),
                read.access(),
                new RegistrySays(new Answer.Yes("members are named"), report, blocking));
    }

    @Test
    void theRegistrysOwnScannerAnswersWhereNothingHereDoes() {
        Report clean = new Report(NOON.minus(Duration.ofDays(3)), "Harbor's Trivy", 0);
        assertThat(states(doubtful(Optional.empty(), Optional.of(clean), ""), NOON))
                .containsEntry("image-scanned", "PASS")
                .containsEntry("image-criticals-blocked", "PASS")
                .containsEntry("image-access-governed", "PASS");
        Report old = new Report(NOON.minus(Duration.ofDays(8)), "Harbor's Trivy", 0);
        assertThat(states(doubtful(Optional.empty(), Optional.of(old), ""), NOON))
                .containsEntry("image-scanned", "FAIL seen-and-wrong");
        // Since when a critical one has its fix is not told: neither a yes nor a no.
        Report found = new Report(NOON, "Harbor's Trivy", 2);
        assertThat(states(doubtful(Optional.empty(), Optional.of(found), "refuses critical"), NOON))
                .containsEntry("image-criticals-blocked", "UNKNOWN feed-stale");
    }

    @Test
    void aBlockingPolicyAnswersOnlyWhereNothingWasFound() {
        assertThat(states(doubtful(Optional.empty(), Optional.empty(), "refuses critical"), NOON))
                .containsEntry("image-criticals-blocked", "PASS")
                .containsEntry("image-scanned", "UNKNOWN feed-stale");
        Critical long31 = new Critical("CVE-2026-1", NOON.minus(Duration.ofDays(31)));
        assertThat(states(doubtful(Optional.of(long31), Optional.empty(), "refuses critical"), NOON))
                .containsEntry("image-criticals-blocked", "FAIL seen-and-wrong");
    }
}
