package io.plimsoll.stagescoring.flow;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.wire.ScopeStage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where scopes stand, kept durably with what is to be sent of it. */
public interface StageStore {

    /**
     * The last record of a scope.
     *
     * @param stage null when the scope is gone, or was measured with another model
     */
    record Last(long sequence, @Nullable ScopeStage stage, boolean gone) {}

    /**
     * What is known of the estate as a whole.
     *
     * @param scopes by scope, those that are gone included
     * @param declarations version of the declarations it was last judged with, 0 for none, and their records
     */
    record Estate(Map<ScopeKey, Last> scopes, long declarations, List<byte[]> declared) {}

    /**
     * One scope's next record.
     *
     * @param before null when the scope is new, or was measured with another model
     * @param after null when it is gone
     * @param gatesChanged ids of gates whose status is another now
     * @param event whether people are told: its standing is another now
     */
    record Change(
            ScopeKey scope,
            long sequence,
            @Nullable ScopeStage before,
            @Nullable ScopeStage after,
            List<String> gatesChanged,
            boolean event) {}

    /**
     * One evaluation.
     *
     * @param rows of what stands in no cluster
     * @param coverage of the estate, in its order
     */
    record Evaluation(Instant asOf, Spoken spoken, List<Change> changes, Rows rows, List<Placed> coverage) {}

    /**
     * A gap.
     *
     * @param cluster it concerns; empty for the estate as a whole
     */
    record Placed(String cluster, Coverage coverage) {}

    /** What is known now; the former merger can write no more.
     *
     * @param lease generation of the merger's lease
     * @throws RecordSink.Fenced when there is a newer merger
     */
    Estate begin(long lease);

    /**
     * Writes stages, events and what is to be sent in one transaction: all or nothing.
     *
     * @throws RecordSink.Fenced when there is a newer merger
     */
    void save(long lease, Evaluation evaluation);

    /**
     * Forgets resolved findings: those resolved before then, and the oldest beyond the most. What is open is kept.
     *
     * @param most resolved findings that may stay
     * @return true when there may be more to forget: a call has a bound of its own
     * @throws RecordSink.Fenced when there is a newer merger
     */
    boolean forget(long lease, Instant before, int most);

    /**
     * The next stages to be sent, oldest first.
     *
     * @param record the bytes to send; null for a scope that is gone
     */
    record Outgoing(long id, String scope, long sequence, byte @Nullable [] record) {}

    /** At most so many. */
    List<Outgoing> outgoing(int most);

    /** Those up to this one were sent. */
    void sent(long id);
}
