package io.plimsoll.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.StageBand;
import io.plimsoll.api.stages.v1.AdoptionReason;
import io.plimsoll.api.stages.v1.AdoptionStatus;
import io.plimsoll.api.stages.v1.ClusterRevision;
import io.plimsoll.api.stages.v1.Freeboard;
import io.plimsoll.api.stages.v1.HeldStanding;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.kernel.Band;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.gate.Standing;
import io.plimsoll.maturity.model.Clause;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.wire.ScopeStage.Footing;
import io.plimsoll.wire.ScopeStage.Held;
import io.plimsoll.wire.ScopeStage.Pending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a scope stands to {@code plimsoll.stages.v1} and back. What people read first (ratios, the deciding counts, targets) is written out
 * for readers without the model; reading it back takes only what the model does not say.
 */
public final class StagesCodec {

    private final StageModel model;
    private final Map<String, Gate> gates = new HashMap<>();

    /** @param model that the records were measured with */
    public StagesCodec(StageModel model) {
        this.model = model;
        model.gates().forEach(gate -> gates.put(gate.id(), gate));
    }

    public StageRecord toWire(ScopeStage stage) {
        ScopeAssessment measured = stage.measured();
        StageRecord.Builder record = StageRecord.newBuilder()
                .setScope(KernelCodec.toWire(new ScopeKey(measured.kind(), measured.id())))
                .setModel(TalliesCodec.model(model))
                .setSnapshot(KernelCodec.bytes(stage.snapshot()))
                .setMeasured(standing(measured))
                .setProvisional(stage.provisional())
                .setSequence(stage.sequence())
                .addAllTeams(stage.teams());
        if (stage.asOf() != null) {
            record.setAsOf(time(stage.asOf()));
        }
        for (Footing footing : stage.clusters()) {
            record.addClusters(ClusterRevision.newBuilder()
                    .setCluster(footing.cluster())
                    .setRevision(KernelCodec.toWire(footing.version()))
                    .setMode(KernelCodec.toWire(footing.mode())));
        }
        if (stage.held() != null) {
            record.setHeld(held(stage.held(), measured.adoption().band()));
        }
        return record.build();
    }

    /** @throws IllegalArgumentException when it was measured with another model, or of a scope this reader does not know */
    public ScopeStage fromWire(byte[] bytes) throws InvalidProtocolBufferException {
        return fromWire(StageRecord.parseFrom(bytes));
    }

    /** @throws IllegalArgumentException when it was measured with another model, or of a scope this reader does not know */
    public ScopeStage fromWire(StageRecord record) {
        if (!KernelCodec.hex(record.getModel().getDigest()).equals(model.digest())) {
            throw new IllegalArgumentException("measured with another stage model: "
                    + record.getModel().getId() + " " + record.getModel().getVersion());
        }
        return new ScopeStage(
                assessment(record.getScope(), record.getMeasured()),
                KernelCodec.hex(record.getSnapshot()),
                record.hasAsOf() ? time(record.getAsOf()) : null,
                record.getClustersList().stream()
                        .map(each -> new Footing(
                                each.getCluster(),
                                KernelCodec.fromWire(each.getRevision()),
                                KernelCodec.fromWire(each.getMode())))
                        .toList(),
                record.hasHeld() ? held(record.getHeld()) : null,
                record.getProvisional(),
                record.getSequence(),
                new TreeSet<>(record.getTeamsList()));
    }

    private io.plimsoll.api.stages.v1.Standing standing(ScopeAssessment measured) {
        var adoption = io.plimsoll.api.stages.v1.Adoption.newBuilder()
                .setShown(measured.adoption().band().low())
                .setPossible(measured.adoption().band().high());
        for (Adoption.Reasoned reason : measured.adoption().reasons()) {
            adoption.addReasons(AdoptionReason.newBuilder()
                    .setStage(reason.stage())
                    .setStatus(
                            reason.shown()
                                    ? AdoptionStatus.ADOPTION_STATUS_SHOWN
                                    : AdoptionStatus.ADOPTION_STATUS_POSSIBLE)
                    .setText(reason.text()));
        }
        var standing = io.plimsoll.api.stages.v1.Standing.newBuilder()
                .setAdoption(adoption)
                .setSecurity(band(measured.security()))
                .setPlacement(measured.placement())
                .setFreeboard(freeboard(measured.security(), measured.adoption().band()));
        measured.gates().forEach(gate -> standing.addGates(gate(gate)));
        return standing.build();
    }

    private static io.plimsoll.api.stages.v1.GateResult gate(GateResult result) {
        var gate = io.plimsoll.api.stages.v1.GateResult.newBuilder()
                .setId(result.gate().id())
                .setStage(result.gate().stage())
                .setStatus(KernelCodec.toWire(result.state()))
                .setReason(KernelCodec.toWire(result.reason()))
                .setTarget(result.gate().target())
                .setAlternative(alternative(result));
        if (!result.inheritedFrom().isEmpty()) {
            gate.setInheritedFrom(KernelCodec.toWire(ScopeKey.parse(result.inheritedFrom())));
        }
        ClauseResult decisive = null;
        Map<Reason, Integer> unknowns = new EnumMap<>(Reason.class);
        for (ClauseResult clause : result.clauses()) {
            if (decisive == null || clause.state() == result.state() && decisive.state() != result.state()) {
                decisive = clause;
            }
            clause.unknowns().forEach((reason, count) -> unknowns.merge(reason, count, Integer::sum));
            gate.addClauses(clause(clause));
        }
        if (decisive != null) {
            gate.setThreshold(decisive.clause().threshold()).setCounts(TalliesCodec.counts(decisive.counts()));
            if (decisive.counts().asked() > 0) {
                gate.setRatio(decisive.ratio());
            }
        }
        unknowns.entrySet().stream()
                .sorted(Map.Entry.<Reason, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> gate.addUnknowns(TalliesCodec.unknown(
                        each.getKey(),
                        each.getValue(),
                        result.gate().settledBy().isEmpty()
                                ? each.getKey().settledBy()
                                : result.gate().settledBy())));
        return gate.build();
    }

    private static int alternative(GateResult result) {
        List<Clause> decided =
                result.clauses().stream().map(ClauseResult::clause).toList();
        return Math.max(0, result.gate().alternatives().indexOf(decided));
    }

    private static io.plimsoll.api.stages.v1.ClauseResult clause(ClauseResult result) {
        var clause = io.plimsoll.api.stages.v1.ClauseResult.newBuilder()
                .setControl(result.clause().control())
                .setPopulation(result.clause().population())
                .setStatus(KernelCodec.toWire(result.state()))
                .setReason(KernelCodec.toWire(result.reason()))
                .setThreshold(result.clause().threshold())
                .setCounts(TalliesCodec.counts(result.counts()));
        if (result.counts().asked() > 0) {
            clause.setRatio(result.ratio());
        }
        result.unknowns()
                .forEach(
                        (reason, count) -> clause.addUnknowns(TalliesCodec.unknown(reason, count, reason.settledBy())));
        return clause.build();
    }

    private ScopeAssessment assessment(ScopeRef scope, io.plimsoll.api.stages.v1.Standing wire) {
        ScopeKey key = KernelCodec.fromWire(scope);
        Adoption adoption = new Adoption(
                new Band(wire.getAdoption().getShown(), wire.getAdoption().getPossible()),
                wire.getAdoption().getReasonsList().stream()
                        .map(reason -> new Adoption.Reasoned(
                                reason.getStage(),
                                reason.getStatus() == AdoptionStatus.ADOPTION_STATUS_SHOWN,
                                reason.getText()))
                        .toList());
        List<GateResult> results = new ArrayList<>();
        wire.getGatesList().forEach(gate -> results.add(gate(gate)));
        return new ScopeAssessment(key.id(), key.kind(), adoption, new Standing(band(wire.getSecurity()), results));
    }

    private GateResult gate(io.plimsoll.api.stages.v1.GateResult wire) {
        Gate gate = gates.get(wire.getId());
        if (gate == null || wire.getAlternative() >= gate.alternatives().size()) {
            throw new IllegalArgumentException("not a gate of the stage model: " + wire.getId());
        }
        List<Clause> clauses = gate.alternatives().get(wire.getAlternative());
        if (wire.getClausesCount() > clauses.size()) {
            throw new IllegalArgumentException("more clauses than the stage model has: " + wire.getId());
        }
        List<ClauseResult> results = new ArrayList<>();
        for (int i = 0; i < wire.getClausesCount(); i++) {
            var clause = wire.getClauses(i);
            results.add(new ClauseResult(
                    clauses.get(i),
                    KernelCodec.fromWire(clause.getStatus()),
                    KernelCodec.fromWire(clause.getReason()),
                    TalliesCodec.counts(clause.getCounts()),
                    TalliesCodec.unknowns(clause.getUnknownsList())));
        }
        return new GateResult(
                gate,
                KernelCodec.fromWire(wire.getStatus()),
                KernelCodec.fromWire(wire.getReason()),
                wire.hasInheritedFrom()
                        ? KernelCodec.fromWire(wire.getInheritedFrom()).id()
                        : "",
                results);
    }

    private static HeldStanding held(Held held, Band adoption) {
        HeldStanding.Builder wire = HeldStanding.newBuilder()
                .setSecurity(band(held.security()))
                .setFreeboard(freeboard(held.security(), adoption))
                .setSince(time(held.since()));
        Pending pending = held.pending();
        if (pending != null) {
            wire.setPending(band(pending.security()))
                    .setPendingSince(time(pending.since()))
                    .setSettles(time(pending.settles()));
        }
        return wire.build();
    }

    private static Held held(HeldStanding wire) {
        @Nullable
        Pending pending = wire.hasPending()
                ? new Pending(band(wire.getPending()), time(wire.getPendingSince()), time(wire.getSettles()))
                : null;
        return new Held(band(wire.getSecurity()), time(wire.getSince()), pending);
    }

    private static Freeboard freeboard(Band security, Band adoption) {
        return Freeboard.newBuilder()
                .setLow(security.low() - adoption.high())
                .setHigh(security.high() - adoption.low())
                .build();
    }

    private static StageBand band(Band band) {
        return StageBand.newBuilder().setLow(band.low()).setHigh(band.high()).build();
    }

    private static Band band(StageBand wire) {
        return new Band(wire.getLow(), wire.getHigh());
    }

    private static Timestamp time(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static Instant time(Timestamp wire) {
        return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
    }
}
