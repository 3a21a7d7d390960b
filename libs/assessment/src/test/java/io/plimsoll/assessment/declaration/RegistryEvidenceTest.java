package io.plimsoll.assessment.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.image.ImageControls;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kernel.declaration.ApprovedRegistry;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.Validity;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The whole table of ADR 0010: what was measured, against what was declared. */
class RegistryEvidenceTest {

    private static final Instant MIDSUMMER = Instant.parse("2026-06-30T00:00:00Z");
    private static final SubjectId CART =
            new SubjectId(SubjectKind.IMAGE, "prod", "shop", "Deployment", "cart", "main");
    private static final Subject SUBJECT = new Subject(
            CART,
            "",
            "shop",
            Tier.APPLICATION,
            Exposure.NONE,
            Lifecycle.UNSTATED,
            Set.of(),
            "registry.example.com/shop/cart:1",
            Source.NONE);

    private static Evidence open() {
        return Evidence.fail(
                ImageControls.PULL_NEEDS_CREDENTIAL,
                CART,
                Reason.SEEN_AND_WRONG,
                "image",
                "registry.example.com/shop/cart:1",
                "anybody can pull",
                Source.NONE);
    }

    private static Evidence closed() {
        return Evidence.pass(ImageControls.PULL_NEEDS_CREDENTIAL, CART, "", Source.NONE);
    }

    private static Evidence pending() {
        return Evidence.unknown(
                ImageControls.PULL_NEEDS_CREDENTIAL, CART, Reason.SCAN_PENDING, "it waits", Source.NONE);
    }

    private static Declarations declared(String prefix, boolean isPrivate, String expires) {
        ApprovedRegistry registry = new ApprovedRegistry(
                prefix,
                isPrivate,
                "ada",
                new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse(expires + "T00:00:00Z")),
                Source.NONE);
        Declarations none = Declarations.NONE;
        return new Declarations(
                "d",
                "",
                none.teams(),
                none.applications(),
                List.of(registry),
                none.frameworks(),
                none.clusters(),
                null,
                none.attestations(),
                none.waivers());
    }

    private static List<String> joined(List<Evidence> measured, Declarations declarations, @Nullable Instant asOf) {
        return RegistryEvidence.joined(measured, declarations, List.of(SUBJECT), asOf).stream()
                .map(each -> {
                    Reason reason = each.reason();
                    return each.control() + " " + each.state() + (reason == null ? "" : " " + reason.slug());
                })
                .toList();
    }

    @Test
    void measuredOpenFailsWhateverIsDeclared() {
        String fail = "image-approved-registry FAIL seen-and-wrong";
        assertThat(joined(List.of(open()), Declarations.NONE, MIDSUMMER)).containsExactly(fail);
        assertThat(joined(List.of(open()), declared("registry.example.com", true, "2026-12-31"), MIDSUMMER))
                .containsExactly(fail);
    }

    @Test
    void measuredPrivateAndApprovedPasses() {
        assertThat(joined(List.of(closed()), declared("registry.example.com", false, "2026-12-31"), MIDSUMMER))
                .containsExactly("image-approved-registry PASS");
        assertThat(joined(List.of(closed()), declared("registry.example.com", true, "2026-12-31"), null))
                .containsExactly("image-approved-registry UNKNOWN no-clock");
        assertThat(joined(List.of(closed()), declared("registry.example.com", true, "2026-02-01"), MIDSUMMER))
                .containsExactly("image-approved-registry UNKNOWN declaration-expired");
    }

    @Test
    void measuredPrivateAndApprovedByNobodyIsOpen() {
        assertThat(joined(List.of(closed()), Declarations.NONE, MIDSUMMER))
                .containsExactly("image-approved-registry UNKNOWN needs-connector");
        assertThat(joined(List.of(closed()), declared("other.example.com", true, "2026-12-31"), MIDSUMMER))
                .containsExactly(
                        "image-approved-registry UNKNOWN needs-connector",
                        "image-declared-registry-rule FAIL seen-and-wrong");
    }

    @Test
    void whatIsNotMeasuredYetStaysAttested() {
        assertThat(joined(List.of(pending()), declared("registry.example.com", true, "2026-12-31"), MIDSUMMER))
                .containsExactly("image-approved-registry WAIVED attested");
        assertThat(joined(List.of(), declared("registry.example.com", true, "2026-12-31"), MIDSUMMER))
                .containsExactly("image-approved-registry WAIVED attested");
        assertThat(joined(List.of(pending()), Declarations.NONE, MIDSUMMER))
                .containsExactly("image-approved-registry UNKNOWN scan-pending");
        assertThat(joined(List.of(), Declarations.NONE, MIDSUMMER)).isEmpty();
    }

    @Test
    void ofSeveralMeasurementsTheWorstStands() {
        assertThat(joined(List.of(closed(), open()), declared("registry.example.com", true, "2026-12-31"), MIDSUMMER))
                .containsExactly("image-approved-registry FAIL seen-and-wrong");
    }
}
