package io.plimsoll.stagescoring.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.stagescoring.estate.Rig;
import io.plimsoll.stagescoring.estate.Writers;
import io.plimsoll.wire.ScopeStage;
import io.plimsoll.wire.Version;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Until everybody has answered, the last stage stands and says that it is provisional, for as long as it lasts. */
class SilenceTest {

    private final Estate estate = Estate.staged(4);
    private final Rig rig = new Rig();

    private static ClusterState half(ClusterState state) {
        return new ClusterState(
                state.name(),
                state.mode(),
                state.resources().subList(0, state.resources().size() / 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {Writers.AUDIT, Writers.SEGMENTATION, Writers.IMAGES})
    void anAnalyserThatNeverMarksMovesNothing(String silent) {
        // Given
        rig.write(estate);
        rig.walk();
        List<ScopeStage> before = rig.stages.stages();
        ClusterState smaller = half(estate.states().getFirst());
        // When
        rig.writers.inventory(smaller, 2);
        for (String analyser : List.of(Writers.AUDIT, Writers.SEGMENTATION, Writers.IMAGES)) {
            if (!analyser.equals(silent)) {
                rig.writers.analyser(analyser, smaller, 2, 2);
            }
        }
        for (int day = 0; day < 30; day++) {
            rig.now = rig.now.plus(Duration.ofDays(1));
            rig.walk();
        }
        rig.crash();
        // Then
        List<ScopeStage> now = rig.stages.stages();
        assertThat(now.stream().map(ScopeStage::measured))
                .isEqualTo(before.stream().map(ScopeStage::measured).toList());
        assertThat(now)
                .filteredOn(stage -> on(stage, smaller.name()))
                .isNotEmpty()
                .allMatch(ScopeStage::provisional);
        assertThat(now)
                .filteredOn(stage ->
                        !on(stage, smaller.name()) && !stage.measured().id().equals("organisation"))
                .noneMatch(ScopeStage::provisional);
        // When
        rig.writers.analyser(silent, smaller, 2, 2);
        rig.walk();
        // Then
        List<ClusterState> states = new java.util.ArrayList<>(estate.states());
        states.set(0, smaller);
        ScoringLawsTest.same(rig, estate.with(states));
    }

    private static boolean on(ScopeStage stage, String cluster) {
        return stage.clusters().stream().anyMatch(footing -> footing.cluster().equals(cluster));
    }

    /** Analysers that have not read what was declared have not answered either. */
    @Test
    void declarationsWaitForWhoeverHasNotReadThem() {
        // Given
        rig.write(estate.declaring(Declarations.NONE));
        rig.walk();
        List<ScopeStage> before = rig.stages.stages();
        // When
        rig.writers.declare(estate.declarations());
        rig.walk();
        // Then
        assertThat(rig.stages.stages().stream().map(ScopeStage::measured))
                .isEqualTo(before.stream().map(ScopeStage::measured).toList());
        assertThat(rig.stages.stages()).allMatch(ScopeStage::provisional);
        rig.crash();
        assertThat(rig.stages.stages().stream().map(ScopeStage::measured))
                .isEqualTo(before.stream().map(ScopeStage::measured).toList());
        // When
        for (ClusterState state : estate.states()) {
            rig.writers.inventory(state, 2);
            rig.writers.analysers(state, 2, 2);
        }
        rig.walk();
        // Then
        ScoringLawsTest.same(rig, estate);
    }

    @Test
    void aClusterNobodyHasAnsweredForMakesOnlyTheOrganisationProvisional() {
        // Given
        rig.write(estate);
        rig.walk();
        // When
        rig.writers.inventory(Estate.cluster("new", """
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                """), 1);
        rig.walk();
        // Then
        assertThat(rig.stages.stages().stream()
                        .filter(ScopeStage::provisional)
                        .map(stage -> stage.measured().id()))
                .containsExactly("organisation");
    }

    @Test
    void aClusterThatIsGoneTakesItsScopesAlong() {
        // Given
        rig.write(estate);
        rig.walk();
        String gone = estate.states().getFirst().name();
        // When
        rig.writers.gone(gone, 2);
        rig.walk();
        // Then
        ScoringLawsTest.same(
                rig, estate.with(estate.states().subList(1, estate.states().size())));
        assertThat(rig.stages.changes())
                .filteredOn(change -> change.after() == null)
                .extracting(change -> change.scope().id())
                .contains("cluster/" + gone);
    }

    /** A newer engine answers the same state anew. */
    @Test
    void evidenceOfANewerGenerationIsScored() {
        // Given
        rig.write(estate);
        rig.walk();
        ClusterState state = estate.states().getFirst();
        int saves = rig.contributions.saves();
        SubjectId subject = new SubjectId(SubjectKind.CLUSTER, state.name(), "", "Cluster", state.name(), "");
        // When
        rig.writers.evidence(
                Writers.IMAGES,
                state.name(),
                new Version(1, 1, 2),
                List.of(Evidence.pass("kubernetes-supported", subject, "", Source.NONE)));
        rig.walk();
        // Then
        assertThat(rig.contributions.saves()).isEqualTo(saves + 1);
        assertThat(rig.stages
                        .stage("cluster/" + state.name())
                        .clusters()
                        .getFirst()
                        .version())
                .isEqualTo(new Version(1, 1, 2));
    }
}
