package io.plimsoll.assessment.estate;

import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.maturity.model.Gate;
import java.util.List;

/**
 * The estate of a gate's stage without what that one gate asks for.
 *
 * @param state of the gate then
 * @param along gates of the same stage that cannot be held then either; empty but for the exceptions
 * @param says in one sentence, for the coverage page
 */
record Mutant(Gate gate, EvidenceState state, List<String> along, String says, List<Change> changes) {

    static final List<Mutant> ALL =
            StagedEstate.tree(StagedEstate.FOLDER.resolve("mutants.yaml")).items("mutants").stream()
                    .map(Mutant::read)
                    .toList();

    private static Mutant read(Value mutant) {
        Gate gate = StagedEstate.MODEL.gates().stream()
                .filter(each -> each.id().equals(mutant.text("gate")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "mutants.yaml:" + mutant.line() + ": no gate " + mutant.text("gate")));
        return new Mutant(
                gate,
                EvidenceState.valueOf(mutant.text("state")),
                mutant.items("along").stream()
                        .flatMap(each -> each.text().stream())
                        .toList(),
                mutant.text("says"),
                mutant.items("changes").stream().map(Change::read).toList());
    }

    StagedEstate estate() {
        StagedEstate estate = StagedEstate.of(gate.stage());
        for (Change change : changes) {
            estate = change.in(estate);
        }
        return estate;
    }

    /** Whether anything is changed that may be declared twice: labels of namespaces are united, so the weaker is not seen. */
    boolean canDeclareTwice() {
        return changes.stream().anyMatch(Mutant::canDeclareTwice);
    }

    private static boolean canDeclareTwice(Change change) {
        return change instanceof Change.Set set && !set.selector().kind().equals("Namespace");
    }

    /** The estate with what is changed declared beside what was there. */
    StagedEstate declaredTwice() {
        StagedEstate estate = StagedEstate.of(gate.stage());
        for (Change change : changes) {
            boolean twice = canDeclareTwice(change);
            estate = (twice && change instanceof Change.Set set ? new Change.SetAgain(set) : change).in(estate);
        }
        return estate;
    }

    @Override
    public String toString() {
        return gate.id() + ": " + says;
    }
}
