package io.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.cli.input.DeclarationsFile;
import io.plimsoll.cli.input.EstateInput;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.testing.Fixtures;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example estate: four clusters at the first four stages, so that every page of the product has something to show. */
class ExampleEstateTest {

    private static final Path FOLDER = Fixtures.repository().resolve("deploy/examples");
    private static final AssessmentResult RESULT = assess();

    private static AssessmentResult assess() {
        EstateInput input = new EstateInput();
        input.addEstate(FOLDER.resolve("estate.yaml"));
        return new Assessment(StageModel.builtin(), AddOnCatalogue.builtin())
                .assess(
                        input.states(),
                        DeclarationsFile.read(FOLDER.resolve("declarations.yaml")),
                        Instant.parse("2026-06-30T00:00:00Z"),
                        input.coverage());
    }

    @ParameterizedTest
    @CsvSource({
        "organisation, 4, 4, 2, 2",
        "cluster/lab, 1, 1, 1, 1",
        "cluster/yard, 4, 4, 2, 2",
        "cluster/south, 4, 4, 3, 3",
        "cluster/north, 4, 4, 3, 4",
        "team/shop, 4, 4, 2, 2",
        "team/marketing, 4, 4, 2, 2"
    })
    void standsWhereItShould(String id, int shown, int adoptionPossible, int proven, int possible) {
        ScopeAssessment scope = scope(id);
        assertThat(scope.adoption().band().low()).isEqualTo(shown);
        assertThat(scope.adoption().band().high()).isEqualTo(adoptionPossible);
        assertThat(scope.security().low()).isEqualTo(proven);
        assertThat(scope.security().high()).isEqualTo(possible);
    }

    @Test
    void oneClusterIsOverloadedAndOneMayCarryItsLoad() {
        assertThat(scope("cluster/yard").freeboardHigh()).isNegative();
        assertThat(scope("cluster/north").freeboardHigh()).isZero();
    }

    /** Failed, unknown, waived and held gates, a waived finding, and a declaration for each. */
    @Test
    void hasSomethingOfEverything() {
        assertThat(RESULT.scopes().stream().flatMap(scope -> scope.gates().stream()))
                .extracting(gate -> gate.state())
                .contains(EvidenceState.PASS, EvidenceState.FAIL, EvidenceState.UNKNOWN, EvidenceState.WAIVED);
        assertThat(RESULT.findings())
                .extracting(finding -> finding.evidence().state())
                .contains(EvidenceState.WAIVED);
        assertThat(RESULT.findings()).hasSizeBetween(100, 300);
        assertThat(RESULT.coverage()).extracting(gap -> gap.kind()).doesNotContain("document", "declaration");
    }

    private static ScopeAssessment scope(String id) {
        return RESULT.scopes().stream()
                .filter(scope -> scope.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
