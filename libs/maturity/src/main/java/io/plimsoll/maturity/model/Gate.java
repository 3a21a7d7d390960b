package io.plimsoll.maturity.model;

import io.plimsoll.kernel.EvidenceClass;
import java.util.List;
import java.util.Set;

/**
 * What a stage asks.
 *
 * @param sentences of the article it comes from
 * @param evidenceClass what a silent answer means: of an external gate it needs a connector
 * @param asked kinds of scope it is judged at
 * @param inherited elsewhere: taken over from the wider scope (and marked so), or left out
 * @param alternatives groups of clauses; the gate holds when every clause of one group holds
 * @param notApplicable {@code single-cluster} or empty
 * @param advice shown, never decides a stage
 */
public record Gate(
        String id,
        int stage,
        List<String> sentences,
        String question,
        EvidenceClass evidenceClass,
        Set<ScopeKind> asked,
        boolean inherited,
        List<List<Clause>> alternatives,
        String notApplicable,
        boolean advice,
        String target,
        String settledBy) {

    public Gate {
        if (stage < 2 || stage > 5 || alternatives.isEmpty() || sentences.isEmpty()) {
            throw new IllegalArgumentException(id + ": a gate needs a stage 2..5, a sentence and a clause");
        }
        sentences = List.copyOf(sentences);
        asked = Set.copyOf(asked);
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }
}
