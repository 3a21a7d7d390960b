package io.plimsoll.stagescoring.flow;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.assessment.EstateScoring;
import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.Corridor;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.log.Traces;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.stagescoring.flow.ContributionStore.Owner;
import io.plimsoll.stagescoring.flow.StageStore.Last;
import io.plimsoll.wire.DeclarationsCodec;
import io.plimsoll.wire.Version;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores each owned cluster when its barrier is reached, and, as the owner of partition 0, merges all contributions into stages. A crash, a
 * change of owner and a fresh start are the same code: what is kept says what was done. The corridor's thread alone calls it.
 */
public final class ScoringHandler implements Corridor.Handler {

    /** Owner of this partition merges. */
    static final int MERGER = 0;

    /** What is scored again may concern others once; more looks would find nothing. */
    private static final int LOOKS_MAX = 3;

    /** After scoring a cluster again it rests three times as long as it took, so that scoring takes a quarter of the time at most. */
    private static final int SCORING_RESTS = 3;

    /** And so after merging. */
    private static final int MERGING_RESTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(ScoringHandler.class);

    private final StageModel model;
    private final Views views;
    private final ContributionStore contributionStore;
    private final StageStore stageStore;
    private final InstantSource clock;
    private final Retention retention;
    private final ClusterScoring scoring;
    private final Merger merger;
    private final Contributions contributions;

    private final Map<Integer, Leases.Lease> leases = new HashMap<>();
    /** Owned clusters, with their partition. */
    private final TreeMap<String, Integer> owned = new TreeMap<>();

    private Spoken spoken = Spoken.NOTHING;
    /** What the estate as a whole is judged by: the newest that every contribution knows of. */
    private Spoken agreed = Spoken.NOTHING;

    /** Something kept was changed, by whomever, since owned clusters were last looked at. */
    private boolean moved;
    /** Declarations were read; before that nothing is judged. */
    private boolean heard;

    private @Nullable Map<ScopeKey, Last> scopes;
    private boolean mergeWanted;
    private Instant due = Instant.MAX;
    private Instant nextDeadline = Instant.MAX;
    /** When it is looked next whether something can be forgotten. */
    private Instant nextForgetting = Instant.MIN;

    /** Clusters to be scored again, in the order in which they were ready, with their partition. */
    private final Map<String, Integer> waiting = new LinkedHashMap<>();

    private final Rest afterScoring;
    private final Rest afterMerging;

    /**
     * @param views filled by the corridor that calls this
     * @param nanos the time, as {@link System#nanoTime()}, by which long work is done less often
     */
    public ScoringHandler(
            StageModel model,
            Views views,
            ContributionStore contributionStore,
            StageStore stageStore,
            Retention retention,
            InstantSource clock,
            LongSupplier nanos) {
        this.afterScoring = new Rest(nanos, SCORING_RESTS);
        this.afterMerging = new Rest(nanos, MERGING_RESTS);
        this.model = model;
        this.views = views;
        this.contributionStore = contributionStore;
        this.stageStore = stageStore;
        this.retention = retention;
        this.clock = clock;
        this.scoring = new ClusterScoring(model);
        this.merger = new Merger(model, scoring);
        this.contributions = new Contributions(contributionStore);
    }

    /** What scoring reads. */
    public static Corridor.Reading reading(int partitions) {
        return new Corridor.Reading(partitions, Set.of(Topic.SUBJECTS, Topic.FACTS, Topic.EVIDENCE), Set.of());
    }

    @Override
    public void taken(Leases.Lease lease) {
        leases.put(lease.partition(), lease);
        if (lease.partition() == MERGER) {
            scopes = null;
            mergeWanted = true;
        }
    }

    @Override
    public void lost(int partition) {
        leases.remove(partition);
        owned.values().removeIf(each -> each == partition);
        waiting.values().removeIf(each -> each == partition);
        if (partition == MERGER) {
            scopes = null;
        }
    }

    @Override
    public void wholeChanged() {
        MarkedView said = views.of(new Place(Topic.DECLARATIONS, 0), "", Views.INVENTORY);
        List<byte[]> records =
                said.live().values().stream().map(MarkedView.Entry::value).toList();
        try {
            spoken = new Spoken(said.mark().number(), records, DeclarationsCodec.fromRecords(records));
            heard = true;
        } catch (IllegalArgumentException e) {
            // What was said before stands: clusters wait for a version that can be read.
            LOG.atWarn()
                    .addKeyValue("version", said.mark().toString())
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("declarations cannot be read");
        }
        mergeWanted = true;
    }

    @Override
    public void changed(int partition, String cluster) {
        owned.put(cluster, partition);
        moved |= contributions.refresh();
        evaluate(partition, cluster);
    }

    @Override
    public void settled() {
        mergeWanted = true;
    }

    @Override
    public void tick() {
        if (!heard) {
            return;
        }
        Instant now = now();
        while (afterScoring.isOver() && !waiting.isEmpty()) {
            Map.Entry<String, Integer> next = waiting.entrySet().iterator().next();
            waiting.remove(next.getKey());
            evaluate(next.getValue(), next.getKey(), true);
        }
        moved |= contributions.refresh();
        boolean passed = !now.isBefore(nextDeadline);
        nextDeadline = spoken.deadlines().next(now).orElse(Instant.MAX);
        boolean wanted = mergeWanted || moved || passed || !now.isBefore(due);
        // What other clusters deliver here, or an end that has come, may change an owned cluster's contribution. That
        // hangs on facts alone, so the second look finds nothing.
        for (int look = 0; look < LOOKS_MAX && (moved || passed); look++) {
            moved = false;
            passed = false;
            rescore(now);
        }
        Leases.Lease lease = leases.get(MERGER);
        boolean rests = wanted && !afterMerging.isOver();
        if (wanted && !rests && lease != null) {
            afterMerging.after(() -> merge(lease, now));
        }
        mergeWanted = rests;
        if (lease != null && scopes != null && !now.isBefore(nextForgetting)) {
            boolean more =
                    stageStore.forget(lease.generation(), now.minus(retention.resolved()), retention.resolvedMax());
            nextForgetting = more ? now : now.plus(Retention.PAUSE);
        }
    }

    /** Scores again those owned clusters of which nothing new was read, and whose contribution would be another all the same. */
    private void rescore(Instant now) {
        EstateScoring estate = new EstateScoring(
                model, contributions.scored().stream().map(Contribution::facts).toList(), spoken.declarations(), now);
        for (Map.Entry<String, Integer> each : List.copyOf(owned.entrySet())) {
            Kept kept = contributions.of(each.getKey());
            Contribution scored = kept == null ? null : kept.scored();
            if (scored != null
                    && Barrier.of(views, each.getValue(), each.getKey(), spoken.number())
                            instanceof Barrier.Reached reached
                    && !scored.basis().equals(scoring.basis(estate, scored.facts(), reached, spoken, now))) {
                evaluate(each.getValue(), each.getKey());
            }
        }
    }

    /** Whole seconds: that is what a stage record carries, and what {@code assess --as-of} takes. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whoever waits is scored before: else a cluster that changes all the time could keep others from ever being scored again. */
    private void evaluate(int partition, String cluster) {
        evaluate(partition, cluster, waiting.isEmpty());
    }

    private void evaluate(int partition, String cluster, boolean itsTurn) {
        Leases.Lease lease = leases.get(partition);
        if (lease == null || !heard) {
            return;
        }
        Owner owner = new Owner(partition, lease.generation());
        Kept kept = contributions.of(cluster);
        switch (Barrier.of(views, partition, cluster, spoken.number())) {
            case Barrier.Waiting waiting -> {
                if (waits(partition, cluster) && (kept == null || kept.awaitedSince() == null)) {
                    contributionStore.await(owner, cluster, now());
                }
            }
            case Barrier.Gone gone -> {
                if (kept != null) {
                    contributionStore.remove(owner, cluster, now());
                }
            }
            case Barrier.Reached reached ->
                Traces.step(
                        "stage-scoring score",
                        // The trace of the upload: whichever analyser was last, it goes back to it.
                        views.of(new Place(Topic.FACTS, partition), cluster, Views.INVENTORY)
                                .markTrace(),
                        cluster,
                        () -> scoreInTurn(owner, cluster, reached, kept, itsTurn));
        }
    }

    /** A cluster of which inventory has marked nothing yet is not there. */
    private boolean waits(int partition, String cluster) {
        return views.of(new Place(Topic.FACTS, partition), cluster, Views.INVENTORY)
                .marked();
    }

    /** The first time at once: somebody waits for it. */
    private void scoreInTurn(
            Owner owner, String cluster, Barrier.Reached reached, @Nullable Kept kept, boolean itsTurn) {
        if (kept == null || kept.scored() == null) {
            score(owner, cluster, reached, kept);
        } else if (itsTurn && afterScoring.isOver()) {
            afterScoring.after(() -> score(owner, cluster, reached, kept));
        } else {
            waiting.putIfAbsent(cluster, owner.partition());
        }
    }

    private void score(Owner owner, String cluster, Barrier.Reached reached, @Nullable Kept kept) {
        Contribution before = kept == null ? null : kept.scored();
        Contribution.WithRows scored;
        try {
            ClusterFacts facts = scoring.facts(views, owner.partition(), cluster);
            Instant asOf = now();
            EstateScoring estate =
                    new EstateScoring(model, contributions.factsWith(facts), spoken.declarations(), asOf);
            Basis basis = scoring.basis(estate, facts, reached, spoken, asOf);
            if (kept != null && before != null && before.basis().equals(basis) && kept.awaitedSince() == null) {
                return;
            }
            scored = scoring.contribution(
                    estate,
                    scoring.part(views, owner.partition(), facts),
                    basis,
                    version(before, reached.input()),
                    asOf,
                    reached.mode());
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            // Parked: the last contribution stands, provisional, and the partition goes on.
            LOG.atWarn()
                    .addKeyValue("cluster", cluster)
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .addKeyValue("kind", e.getClass().getSimpleName())
                    .log("cluster cannot be scored, its last stage stands");
            if (kept == null || kept.awaitedSince() == null) {
                contributionStore.await(owner, cluster, now());
            }
            return;
        }
        contributionStore.save(owner, scored);
        moved |= contributions.refresh();
        LOG.atInfo()
                .addKeyValue("cluster", cluster)
                .addKeyValue("version", scored.contribution().version().toString())
                .log("cluster scored");
    }

    private static Version version(@Nullable Contribution before, Version input) {
        return before != null && before.version().input().equals(input)
                ? input.at(before.version().generation() + 1)
                : input.at(1);
    }

    private void merge(Leases.Lease lease, Instant now) {
        Map<ScopeKey, Last> before = scopes;
        if (before == null) {
            StageStore.Estate kept = stageStore.begin(lease.generation());
            before = kept.scopes();
            agreed = new Spoken(kept.declarations(), kept.declared(), DeclarationsCodec.fromRecords(kept.declared()));
        }
        if (contributions.scored().stream().allMatch(each -> each.basis().declarations() == spoken.number())) {
            agreed = spoken;
        }
        Set<String> late = new HashSet<>();
        for (Kept each : contributions.all()) {
            if (each.awaitedSince() != null || each.scored() == null) {
                late.add(each.cluster());
            }
        }
        Merger.Outcome outcome = merger.merge(new Merger.Input(contributions.scored(), late, agreed, now), before);
        scopes = null;
        stageStore.save(lease.generation(), outcome.evaluation());
        scopes = outcome.scopes();
        due = outcome.due();
        if (!outcome.evaluation().changes().isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("count", outcome.evaluation().changes().size())
                    .log("stages published");
        }
    }
}
