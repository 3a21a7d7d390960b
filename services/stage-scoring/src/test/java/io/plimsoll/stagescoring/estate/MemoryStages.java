package io.plimsoll.stagescoring.estate;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.stagescoring.flow.StageStore;
import io.plimsoll.wire.ScopeStage;
import io.plimsoll.wire.StagesCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/** Stages in memory, through the codec. */
public final class MemoryStages implements StageStore {

    private Runnable whileSaving = () -> {};

    private final StagesCodec codec = new StagesCodec(io.plimsoll.maturity.model.StageModel.builtin());
    private final TreeMap<ScopeKey, Last> scopes = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long declarations;
    private List<byte[]> declared = List.of();
    private Rows rows = Rows.NONE;
    private List<Coverage> coverage = List.of();

    /** Stages of all scopes that are there, widest first. */
    public List<ScopeStage> stages() {
        List<ScopeStage> stages = new ArrayList<>();
        scopes.values().forEach(last -> {
            if (last.stage() != null) {
                stages.add(last.stage());
            }
        });
        return stages;
    }

    public ScopeStage stage(String id) {
        Last last = scopes.get(ScopeKey.parse(id));
        if (last == null || last.stage() == null) {
            throw new AssertionError("no scope " + id + " among " + scopes.keySet());
        }
        return last.stage();
    }

    /** Every change there was, oldest first. */
    public List<Change> changes() {
        return changes;
    }

    public Rows rows() {
        return rows;
    }

    public List<Coverage> coverage() {
        return coverage;
    }

    /** What happens besides whenever stages are written: time may pass. */
    public void whileSaving(Runnable happens) {
        whileSaving = happens;
    }

    @Override
    public Estate begin(long lease) {
        return new Estate(new HashMap<>(scopes), declarations, declared);
    }

    @Override
    public void save(long lease, Evaluation evaluation) {
        whileSaving.run();
        for (Change change : evaluation.changes()) {
            Last before = scopes.get(change.scope());
            if (change.sequence() != (before == null ? 1 : before.sequence() + 1)) {
                throw new AssertionError(change.scope() + " goes from " + before + " to " + change.sequence());
            }
            ScopeStage after = change.after();
            scopes.put(change.scope(), new Last(change.sequence(), after == null ? null : read(after), after == null));
        }
        changes.addAll(evaluation.changes());
        declarations = evaluation.spoken().number();
        declared = evaluation.spoken().records();
        rows = evaluation.rows();
        coverage = evaluation.coverage().stream().map(Placed::coverage).toList();
    }

    private ScopeStage read(ScopeStage stage) {
        try {
            return codec.fromWire(codec.toWire(stage).toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean forget(long lease, Instant before, int most) {
        // No history is kept in memory.
        return false;
    }

    @Override
    public List<Outgoing> outgoing(int most) {
        return List.of();
    }

    @Override
    public void sent(long id) {
        // Nothing is sent from memory.
    }
}
