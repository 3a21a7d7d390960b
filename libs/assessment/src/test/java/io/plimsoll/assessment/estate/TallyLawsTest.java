package io.plimsoll.assessment.estate;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.EstateScoring;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.assessment.cluster.ClusterPart;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.assessment.scope.ScopeTallies;
import io.plimsoll.assessment.scope.ScopeTally;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.tally.Tallies;
import io.plimsoll.maturity.tally.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts add up: wherever the cut runs, the tally of the parts is the tally of the whole. */
class TallyLawsTest {

    private static final List<ClusterPart> PARTS = StagedEstate.of(5).states().stream()
            .map(state -> new ClusterAnalysis(StagedEstate.MODEL, AddOnCatalogue.builtin())
                    .part(state, Declarations.NONE.of(state.name())))
            .toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCutThroughSubjectsChangesNothing(long seed) {
        Random random = new Random(seed);
        for (ClusterPart part : PARTS) {
            Tallies tallies = new Tallies(StagedEstate.MODEL, part.evidence());
            Tally whole = tallies.of(part.subjects());
            List<Tally> pieces = new ArrayList<>();
            List<List<Subject>> cut = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                cut.add(new ArrayList<>());
            }
            part.subjects()
                    .forEach(subject -> cut.get(random.nextInt(cut.size())).add(subject));
            cut.forEach(piece -> pieces.add(tallies.of(piece)));
            Tally forwards = pieces.stream().reduce(Tally.NONE, Tally::plus);
            Tally backwards = pieces.reversed().stream().reduce(Tally.NONE, Tally::plus);
            assertThat(forwards).isEqualTo(whole).isEqualTo(backwards);
        }
    }

    /** Clusters in any order, and one counted anew among others that are not, give the same scopes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderOfClustersChangesNothing(long seed) {
        EstateScoring scoring = new EstateScoring(
                StagedEstate.MODEL,
                PARTS.stream().map(ClusterPart::facts).toList(),
                Declarations.NONE,
                StagedEstate.AS_OF);
        List<SortedMap<ScopeKey, ScopeTally>> tallies = new ArrayList<>();
        PARTS.forEach(part -> tallies.add(scoring.score(part).tallies()));
        tallies.add(scoring.scoreEstate().tallies());
        SortedMap<ScopeKey, ScopeTally> united = ScopeTallies.united(tallies);
        java.util.Collections.shuffle(tallies, new Random(seed));
        tallies.set(0, new java.util.TreeMap<>(tallies.getFirst()));
        assertThat(ScopeTallies.united(tallies)).isEqualTo(united);
        assertThat(ScopeTallies.united(List.of(
                        ScopeTallies.united(tallies.subList(0, 1)),
                        ScopeTallies.united(tallies.subList(1, tallies.size())))))
                .isEqualTo(united);
    }
}
