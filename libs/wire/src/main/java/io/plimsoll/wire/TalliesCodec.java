package io.plimsoll.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.kernel.v1.ModelRef;
import io.plimsoll.api.tallies.v1.CountTally;
import io.plimsoll.api.tallies.v1.FactTally;
import io.plimsoll.api.tallies.v1.ReasonCount;
import io.plimsoll.api.tallies.v1.TallyRecord;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.assessment.scope.ScopeTally;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.adoption.AdoptionTally;
import io.plimsoll.maturity.adoption.LiveTally;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.maturity.tally.ClauseTally;
import io.plimsoll.maturity.tally.Counts;
import io.plimsoll.maturity.tally.Question;
import io.plimsoll.maturity.tally.Tally;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a cluster contributes to a scope to {@code plimsoll.tallies.v1} and back. A record holds all that adding up needs, so the sum of what
 * was read is what was read of the sum.
 */
public final class TalliesCodec {

    private static final String APPLICATIONS = "applications";
    private static final String LABELLED = "labelled-namespaces";
    private static final String NODES = "nodes";
    private static final String ADD_ONS = "add-ons";
    private static final String QUOTAS = "quotas";
    private static final String DELIVERY = "delivery-objects";
    private static final String SHOWN = "exposure-shown";
    private static final String REQUESTED = "exposure-requested";
    private static final String PRODUCTION = "production";
    private static final String PRODUCTION_CLUSTERS = "production-clusters";
    private static final String CLUSTERS = "clusters";
    private static final String OWNERS = "owners";
    private static final String PERSONAL = "personal-clusters";
    private static final String PEOPLE = "people";
    private static final String REACHED = "exposure-live";
    private static final String UNSEEN = "unseen-kinds";

    /**
     * One cluster's part of one scope.
     *
     * @param teams of its subjects there
     */
    public record Part(ScopeTally tally, SortedSet<String> teams) {

        public Part {
            teams = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(teams));
        }

        public static final Part NONE = new Part(ScopeTally.NONE, new TreeSet<>());

        public Part plus(Part other) {
            SortedSet<String> united = new TreeSet<>(teams);
            united.addAll(other.teams);
            return new Part(tally.plus(other.tally), united);
        }
    }

    private final StageModel model;

    public TalliesCodec(StageModel model) {
        this.model = model;
    }

    public TallyRecord toWire(ScopeKey scope, String cluster, Version version, Part part) {
        TallyRecord.Builder record = TallyRecord.newBuilder()
                .setScope(KernelCodec.toWire(scope))
                .setCluster(cluster)
                .setRevision(KernelCodec.toWire(version))
                .setModel(model(model))
                .addAllTeams(part.teams());
        part.tally().gates().clauses().forEach((question, tally) -> record.addClauses(clause(question, tally)));
        AdoptionTally adoption = part.tally().adoption();
        number(record, APPLICATIONS, part.tally().gates().applications());
        number(record, LABELLED, adoption.labelled());
        number(record, NODES, adoption.nodes());
        number(record, QUOTAS, adoption.quotas());
        number(record, DELIVERY, adoption.delivery());
        names(record, ADD_ONS, adoption.addOns());
        names(record, SHOWN, adoption.shown());
        names(record, REQUESTED, adoption.requested());
        names(record, PRODUCTION, adoption.production());
        names(record, PRODUCTION_CLUSTERS, adoption.productionClusters());
        names(record, CLUSTERS, adoption.clusters());
        names(record, OWNERS, adoption.owners());
        names(record, PERSONAL, adoption.live().personal());
        names(record, PEOPLE, adoption.live().people());
        names(record, REACHED, adoption.live().reached());
        names(record, UNSEEN, adoption.live().unseen());
        return record.build();
    }

    /** The record without its revision: equal bytes say nothing changed. */
    public static byte[] content(TallyRecord record) {
        return record.toBuilder().clearRevision().build().toByteArray();
    }

    /** @throws IllegalArgumentException when it was counted by another model: tallies of different models never merge */
    public Part fromWire(byte[] bytes) throws InvalidProtocolBufferException {
        TallyRecord record = TallyRecord.parseFrom(bytes);
        if (!KernelCodec.hex(record.getModel().getDigest()).equals(model.digest())) {
            throw new IllegalArgumentException("counted by another stage model: "
                    + record.getModel().getId() + " " + record.getModel().getVersion());
        }
        Map<Question, ClauseTally> clauses = new HashMap<>();
        for (var clause : record.getClausesList()) {
            clauses.put(new Question(clause.getControl(), clause.getPopulation()), tally(clause));
        }
        Map<String, FactTally> facts = new HashMap<>();
        record.getFactsList().forEach(fact -> facts.put(fact.getName(), fact));
        AdoptionTally adoption = new AdoptionTally(
                number(facts, LABELLED),
                number(facts, NODES),
                names(facts, ADD_ONS),
                number(facts, QUOTAS),
                number(facts, DELIVERY),
                names(facts, SHOWN),
                names(facts, REQUESTED),
                names(facts, PRODUCTION),
                names(facts, PRODUCTION_CLUSTERS),
                names(facts, CLUSTERS),
                names(facts, OWNERS),
                new LiveTally(
                        names(facts, PERSONAL), names(facts, PEOPLE), names(facts, REACHED), names(facts, UNSEEN)));
        return new Part(
                new ScopeTally(new Tally(number(facts, APPLICATIONS), clauses), adoption),
                new TreeSet<>(record.getTeamsList()));
    }

    static ModelRef model(StageModel model) {
        return ModelRef.newBuilder()
                .setId(model.id())
                .setVersion(model.version())
                .setDigest(KernelCodec.bytes(model.digest()))
                .build();
    }

    static io.plimsoll.api.tallies.v1.Counts counts(Counts counts) {
        return io.plimsoll.api.tallies.v1.Counts.newBuilder()
                .setPass(counts.pass())
                .setFail(counts.fail())
                .setWaived(counts.waived())
                .setNotApplicable(counts.notApplicable())
                .setUnknown(counts.unknown())
                .setTotal(counts.total())
                .build();
    }

    static Counts counts(io.plimsoll.api.tallies.v1.Counts wire) {
        return new Counts(
                (int) wire.getPass(), (int) wire.getFail(), (int) wire.getWaived(), (int) wire.getNotApplicable(), (int)
                        wire.getUnknown());
    }

    static ReasonCount unknown(Reason reason, int count, String settledBy) {
        return ReasonCount.newBuilder()
                .setReason(KernelCodec.toWire(reason))
                .setCount(count)
                .setSettledBy(settledBy)
                .build();
    }

    /** A reason of a newer writer counts as not answered: the subjects stay in the sum. */
    static Map<Reason, Integer> unknowns(Collection<ReasonCount> wire) {
        EnumMap<Reason, Integer> unknowns = new EnumMap<>(Reason.class);
        for (ReasonCount each : wire) {
            Reason reason = KernelCodec.fromWire(each.getReason());
            unknowns.merge(reason == null ? Reason.NOT_ANSWERED : reason, (int) each.getCount(), Integer::sum);
        }
        return unknowns;
    }

    private static io.plimsoll.api.tallies.v1.ClauseTally clause(Question question, ClauseTally tally) {
        var clause = io.plimsoll.api.tallies.v1.ClauseTally.newBuilder()
                .setControl(question.control())
                .setPopulation(question.population())
                .setCount(CountTally.newBuilder().setSubjects(counts(tally.counts())))
                .setSilent(tally.silent())
                .setAbsent(tally.absent())
                .setExcepted(tally.excepted());
        tally.unknowns().forEach((reason, count) -> clause.addUnknowns(unknown(reason, count, reason.settledBy())));
        return clause.build();
    }

    private static ClauseTally tally(io.plimsoll.api.tallies.v1.ClauseTally clause) {
        return new ClauseTally(
                counts(clause.getCount().getSubjects()),
                unknowns(clause.getUnknownsList()),
                (int) clause.getSilent(),
                (int) clause.getAbsent(),
                (int) clause.getExcepted());
    }

    private static void number(TallyRecord.Builder record, String name, int number) {
        if (number != 0) {
            record.addFacts(FactTally.newBuilder().setName(name).setShown(number));
        }
    }

    private static int number(Map<String, FactTally> facts, String name) {
        FactTally fact = facts.get(name);
        return fact == null ? 0 : (int) fact.getShown();
    }

    private static void names(TallyRecord.Builder record, String name, SortedSet<String> names) {
        if (!names.isEmpty()) {
            record.addFacts(FactTally.newBuilder().setName(name).addAllTexts(names));
        }
    }

    private static SortedSet<String> names(Map<String, FactTally> facts, String name) {
        FactTally fact = facts.get(name);
        return fact == null ? new TreeSet<>() : new TreeSet<>(fact.getTextsList());
    }
}
