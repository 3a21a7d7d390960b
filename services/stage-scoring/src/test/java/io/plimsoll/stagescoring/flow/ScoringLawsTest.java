package io.plimsoll.stagescoring.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Finding;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.stagescoring.answer.Row;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.stagescoring.estate.MemoryContributions;
import io.plimsoll.stagescoring.estate.Rig;
import io.plimsoll.stagescoring.estate.Writers;
import io.plimsoll.wire.FindingsCodec;
import io.plimsoll.wire.ScopeStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever way it came, a scope stands where assessing everything in one process says it stands. */
class ScoringLawsTest {

    static List<Estate> estates() {
        return Estate.all();
    }

    static void same(Rig rig, Estate estate) {
        AssessmentResult expected = estate.assess(rig.now);
        List<ScopeAssessment> measured =
                rig.stages.stages().stream().map(ScopeStage::measured).toList();
        assertThat(measured).isEqualTo(expected.scopes());
        // Declarations travel as records, and the snapshot is of what travelled.
        assertThat(rig.stages.stage("organisation").snapshot())
                .isEqualTo(estate.declaring(Writers.travelled(estate.declarations()))
                        .assess(rig.now)
                        .snapshot());
        assertThat(rig.stages.coverage()).isEqualTo(expected.coverage());
        assertThat(findings(rig)).isEqualTo(expected.findings());
        assertThat(rig.stages.stages()).noneMatch(ScopeStage::provisional);
    }

    private static List<Finding> findings(Rig rig) {
        FindingsCodec codec = new FindingsCodec();
        List<Rows> all = new ArrayList<>(rig.contributions.rows());
        all.add(rig.stages.rows());
        List<Finding> findings = new ArrayList<>();
        for (Row.OfFinding row : MemoryContributions.inOrder(all)) {
            try {
                findings.add(codec.fromWire(row.content()));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return findings;
    }

    @ParameterizedTest
    @MethodSource("estates")
    void theSameAsInOneProcess(Estate estate) {
        // Given
        Rig rig = new Rig();
        // When
        rig.write(estate);
        rig.walk();
        // Then
        same(rig, estate);
        int saves = rig.contributions.saves();
        int changes = rig.stages.changes().size();
        rig.crash();
        assertThat(rig.contributions.saves())
                .as("a restart scores nothing anew")
                .isEqualTo(saves);
        assertThat(rig.stages.changes()).as("a restart publishes nothing anew").hasSize(changes);
    }

    /** Clusters come one by one, in any order, shrink and come back, with crashes in between. */
    @ParameterizedTest
    @MethodSource("estates")
    void theSameWhateverTheWay(Estate estate) {
        for (long seed = 1; seed <= 4; seed++) {
            // Given
            Random random = new Random(seed);
            Rig rig = new Rig();
            rig.writers.declare(io.plimsoll.kernel.declaration.Declarations.NONE);
            var states = new ArrayList<>(estate.states());
            java.util.Collections.shuffle(states, random);
            // When
            for (var state : states) {
                var half = state.resources().subList(0, state.resources().size() / 2);
                rig.writers.all(new io.plimsoll.kubernetes.ClusterState(state.name(), state.mode(), half), 1);
                if (random.nextBoolean()) {
                    rig.walk();
                }
                if (random.nextInt(3) == 0) {
                    rig.crash();
                }
            }
            rig.writers.declare(estate.declarations());
            for (var state : states) {
                rig.writers.inventory(state, 2);
                if (random.nextBoolean()) {
                    rig.walk();
                }
                rig.writers.analysers(state, 2, 2);
            }
            rig.walk();
            // Then
            same(rig, estate);
        }
    }
}
