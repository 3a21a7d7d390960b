package io.plimsoll.stagescoring.flow;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.assessment.EstateScoring;
import io.plimsoll.assessment.EstateScoring.ScoredPart;
import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.cluster.ClusterPart;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.assessment.scope.ScopeTallies;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.stagescoring.answer.Answers;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.FactsCodec;
import io.plimsoll.wire.SubjectCodec;
import io.plimsoll.wire.TalliesCodec.Part;
import io.plimsoll.wire.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** From what was read of one cluster to what it contributes. Pure, any thread. */
public final class ClusterScoring {

    private final StageModel model;
    private final Answers answers;
    private final EvidenceCodec codec = new EvidenceCodec(ControlNumbers.builtin());

    public ClusterScoring(StageModel model) {
        this.model = model;
        this.answers = new Answers(model);
    }

    /** @throws InvalidProtocolBufferException when what was read is not what was written */
    ClusterFacts facts(Views views, int partition, String cluster) throws InvalidProtocolBufferException {
        return FactsCodec.fromWire(
                cluster, values(views.of(new Place(Topic.FACTS, partition), cluster, Views.INVENTORY)));
    }

    /** @throws InvalidProtocolBufferException when what was read is not what was written */
    ClusterPart part(Views views, int partition, ClusterFacts facts) throws InvalidProtocolBufferException {
        List<Subject> subjects = new ArrayList<>();
        for (byte[] each : values(views.of(new Place(Topic.SUBJECTS, partition), facts.cluster(), Views.INVENTORY))) {
            subjects.addAll(SubjectCodec.fromWire(each));
        }
        List<Evidence> evidence = new ArrayList<>();
        for (String analyser : Barrier.ANALYSERS) {
            for (byte[] each : values(views.of(new Place(Topic.EVIDENCE, partition), facts.cluster(), analyser))) {
                evidence.addAll(codec.fromWire(each));
            }
        }
        return new ClusterPart(facts, subjects, evidence).told();
    }

    private static Collection<byte[]> values(MarkedView view) {
        return view.live().values().stream().map(MarkedView.Entry::value).toList();
    }

    /** What it would stand on now. */
    Basis basis(EstateScoring estate, ClusterFacts facts, Barrier.Reached reached, Spoken spoken, Instant asOf) {
        return new Basis(
                reached.input(),
                reached.evidence(),
                spoken.number(),
                spoken.deadlines().passed(asOf),
                automation(estate, facts),
                model.digest());
    }

    /** What other clusters say of this one, as a digest. */
    static String automation(EstateScoring estate, ClusterFacts facts) {
        StringBuilder said = new StringBuilder();
        estate.automationOf(facts).forEach(each -> said.append(each).append('\n'));
        return Canonical.sha256(said.toString());
    }

    Contribution.WithRows contribution(
            EstateScoring estate,
            ClusterPart part,
            Basis basis,
            Version version,
            Instant asOf,
            io.plimsoll.kernel.ClusterMode mode) {
        ScoredPart scored = estate.score(part);
        Contribution contribution = new Contribution(
                part.facts().cluster(),
                version,
                basis,
                asOf,
                mode,
                part.facts(),
                new TreeSet<>(scored.used()),
                tallies(scored));
        return new Contribution.WithRows(contribution, rows(scored));
    }

    /** What is kept of a part for queries. */
    Rows rows(ScoredPart scored) {
        return Rows.of(model, answers, scored);
    }

    /** A part's tallies with the teams of their scopes. */
    static SortedMap<ScopeKey, Part> tallies(ScoredPart scored) {
        SortedMap<ScopeKey, SortedSet<String>> teams = ScopeTallies.teams(scored.subjects());
        SortedMap<ScopeKey, Part> tallies = new TreeMap<>();
        scored.tallies()
                .forEach((scope, tally) ->
                        tallies.put(scope, new Part(tally, teams.getOrDefault(scope, new TreeSet<>()))));
        return tallies;
    }
}
