package io.plimsoll.stagescoring.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.cluster.ClusterPart;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.assessment.scope.ScopeTallies;
import io.plimsoll.assessment.scope.ScopeTally;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.maturity.tally.Tallies;
import io.plimsoll.stagescoring.answer.Answers;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.wire.TalliesCodec;
import io.plimsoll.wire.TalliesCodec.Part;
import io.plimsoll.wire.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts that went over the wire add up to the whole, wherever the cut runs and whatever labels say. */
class TallyCodecLawsTest {

    private static final TalliesCodec CODEC = new TalliesCodec(Estate.MODEL);

    static List<Estate> estates() {
        return Estate.all();
    }

    private static Part wired(ScopeKey scope, Part part) {
        try {
            return CODEC.fromWire(
                    CODEC.toWire(scope, "c", new Version(1, 1, 1), part).toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static SortedMap<ScopeKey, Part> parts(ClusterPart part, List<Subject> subjects) {
        SortedMap<ScopeKey, SortedSet<String>> teams = ScopeTallies.teams(subjects);
        SortedMap<ScopeKey, Part> parts = new TreeMap<>();
        ScopeTallies.of(Estate.MODEL, part.facts(), subjects, part.evidence())
                .forEach((scope, tally) ->
                        parts.put(scope, new Part(tally, teams.getOrDefault(scope, new TreeSet<>()))));
        return parts;
    }

    /** Labels move: some subjects change hands, some lose their owner. */
    private static List<Subject> moved(List<Subject> subjects, Random random) {
        List<Subject> moved = new ArrayList<>();
        for (Subject subject : subjects) {
            String team = random.nextInt(3) == 0 ? List.of("", "red", "blue").get(random.nextInt(3)) : subject.team();
            moved.add(new Subject(
                    subject.id(),
                    team,
                    subject.application(),
                    subject.tier(),
                    subject.exposure(),
                    subject.lifecycle(),
                    subject.flags(),
                    subject.image(),
                    subject.source()));
        }
        return moved;
    }

    @ParameterizedTest
    @MethodSource("estates")
    void everyTallySurvivesTheWire(Estate estate) {
        for (var state : estate.states()) {
            ClusterPart part = Estate.ANALYSIS.part(state, estate.declarations().of(state.name()));
            parts(part, part.subjects())
                    .forEach((scope, whole) -> assertThat(wired(scope, whole)).isEqualTo(whole));
        }
    }

    /** What is counted by subjects adds up across any cut; what is told by facts of a cluster adds up across clusters. */
    @ParameterizedTest
    @MethodSource("estates")
    void cutsThroughClustersAndTeamsChangeNothing(Estate estate) {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            SortedMap<ScopeKey, Part> whole = new TreeMap<>();
            SortedMap<ScopeKey, Part> pieces = new TreeMap<>();
            for (var state : estate.states()) {
                ClusterPart part =
                        Estate.ANALYSIS.part(state, estate.declarations().of(state.name()));
                List<Subject> subjects = moved(part.subjects(), random);
                parts(part, subjects).forEach((scope, each) -> whole.merge(scope, each, Part::plus));
                cut(part, subjects, random)
                        .forEach((scope, all) ->
                                all.forEach(each -> pieces.merge(scope, wired(scope, each), Part::plus)));
            }
            assertThat(pieces.keySet()).isEqualTo(whole.keySet());
            pieces.forEach((scope, united) -> {
                assertThat(united.tally().gates())
                        .isEqualTo(whole.getOrDefault(scope, Part.NONE).tally().gates());
                assertThat(united.teams())
                        .isEqualTo(whole.getOrDefault(scope, Part.NONE).teams());
            });
        }
    }

    /** The subjects of each scope in pieces, in a random order. */
    private static Map<ScopeKey, List<Part>> cut(ClusterPart part, List<Subject> subjects, Random random) {
        Tallies tallies = new Tallies(Estate.MODEL, part.evidence());
        Map<ScopeKey, List<Part>> pieces = new HashMap<>();
        members(subjects).forEach((scope, members) -> {
            List<List<Subject>> lots = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                lots.add(new ArrayList<>());
            }
            members.forEach(member -> lots.get(random.nextInt(lots.size())).add(member));
            java.util.Collections.shuffle(lots, random);
            for (List<Subject> lot : lots) {
                SortedSet<String> teams = new TreeSet<>();
                lot.stream().map(Subject::team).filter(team -> !team.isEmpty()).forEach(teams::add);
                pieces.computeIfAbsent(scope, key -> new ArrayList<>())
                        .add(new Part(
                                new ScopeTally(tallies.of(lot), io.plimsoll.maturity.adoption.AdoptionTally.NONE),
                                teams));
            }
        });
        return pieces;
    }

    /** Which subjects a scope has, told a second time in other words. */
    private static Map<ScopeKey, List<Subject>> members(List<Subject> subjects) {
        Map<String, SortedSet<String>> applications = new HashMap<>();
        for (Subject subject : subjects) {
            if (subject.id().kind() == SubjectKind.WORKLOAD && subject.tier() == io.plimsoll.kernel.Tier.APPLICATION) {
                applications
                        .computeIfAbsent(subject.id().namespace(), key -> new TreeSet<>())
                        .add(subject.application());
            }
        }
        Map<ScopeKey, List<Subject>> members = new HashMap<>();
        for (Subject subject : subjects) {
            var id = subject.id();
            SortedSet<String> scopes = new TreeSet<>(List.of("organisation", "cluster/" + id.cluster()));
            if (!subject.team().isEmpty()) {
                scopes.add("team/" + subject.team());
            }
            if (!id.namespace().isEmpty()) {
                scopes.add("namespace/" + id.cluster() + "/" + id.namespace());
            }
            String in = "application/" + id.cluster() + "/" + id.namespace() + "/";
            if (!subject.application().isEmpty()) {
                scopes.add(in + subject.application());
            } else if (!id.namespace().isEmpty()) {
                applications.getOrDefault(id.namespace(), new TreeSet<>()).forEach(name -> scopes.add(in + name));
            }
            scopes.forEach(scope -> members.computeIfAbsent(ScopeKey.parse(scope), key -> new ArrayList<>())
                    .add(subject));
        }
        return members;
    }

    @ParameterizedTest
    @MethodSource("estates")
    void clustersAddUpInAnyOrder(Estate estate) {
        List<SortedMap<ScopeKey, Part>> all = new ArrayList<>();
        for (var state : estate.states()) {
            ClusterPart part = Estate.ANALYSIS.part(state, estate.declarations().of(state.name()));
            all.add(parts(part, part.subjects()));
        }
        SortedMap<ScopeKey, Part> forwards = new TreeMap<>();
        all.forEach(part -> part.forEach((scope, each) -> forwards.merge(scope, wired(scope, each), Part::plus)));
        SortedMap<ScopeKey, Part> backwards = new TreeMap<>();
        all.reversed().forEach(part -> part.forEach((scope, each) -> backwards.merge(scope, each, Part::plus)));
        assertThat(forwards).isEqualTo(backwards);
    }

    /** The rows that evidence of a gate is paged from are those that were counted. */
    @ParameterizedTest
    @MethodSource("estates")
    void rowsHoldWhatWasCounted(Estate estate) {
        Answers answers = new Answers(Estate.MODEL);
        List<ClusterFacts> facts = new ArrayList<>();
        List<ClusterPart> parts = new ArrayList<>();
        for (var state : estate.states()) {
            parts.add(Estate.ANALYSIS.part(state, estate.declarations().of(state.name())));
            facts.add(parts.getLast().facts());
        }
        var scoring =
                new io.plimsoll.assessment.EstateScoring(Estate.MODEL, facts, estate.declarations(), Estate.AS_OF);
        for (ClusterPart part : parts) {
            var scored = scoring.score(part);
            Rows rows = Rows.of(Estate.MODEL, answers, scored);
            ScopeTally whole = scored.tallies().getOrDefault(ScopeKey.ORGANISATION, ScopeTally.NONE);
            whole.gates().clauses().forEach((question, tally) -> {
                int[] ranks = new int[6];
                rows.subjects().forEach(row -> ranks[row.answers()[answers.position(question)]]++);
                assertThat(List.of(ranks[1], ranks[2], ranks[3], ranks[4], ranks[5]))
                        .as("%s", question)
                        .containsExactly(
                                tally.counts().fail(),
                                tally.counts().unknown(),
                                tally.counts().waived(),
                                tally.counts().pass(),
                                tally.counts().notApplicable());
            });
        }
    }
}
