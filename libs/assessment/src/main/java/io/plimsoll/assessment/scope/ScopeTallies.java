package io.plimsoll.assessment.scope;

import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.cluster.NamespaceUse;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.maturity.adoption.AdoptionTally;
import io.plimsoll.maturity.adoption.LiveTally;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.maturity.tally.Tallies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What subjects with their evidence contribute to each scope: the first of two steps, by cluster. {@link #united} is the second. A scope
 * without an application workload in any part is no scope; whether it has one only the sum can tell, so parts keep all.
 */
public final class ScopeTallies {

    private ScopeTallies() {}

    /** Of one cluster. */
    public static SortedMap<ScopeKey, ScopeTally> of(
            StageModel model, ClusterFacts facts, Collection<Subject> subjects, Collection<Evidence> evidence) {
        return count(model, facts, subjects, evidence);
    }

    /** Of what stands in no cluster: the organisation and its policies. */
    public static SortedMap<ScopeKey, ScopeTally> ofEstate(
            StageModel model, Collection<Subject> subjects, Collection<Evidence> evidence) {
        return count(model, null, subjects, evidence);
    }

    /** Names of the teams that own a subject of the scope, by scope; scopes without are left out. */
    public static SortedMap<ScopeKey, SortedSet<String>> teams(Collection<Subject> subjects) {
        SortedMap<ScopeKey, SortedSet<String>> teams = new TreeMap<>();
        members(subjects)
                .forEach((key, scope) -> scope.stream()
                        .map(Subject::team)
                        .filter(team -> !team.isEmpty())
                        .forEach(team -> teams.computeIfAbsent(key, each -> new TreeSet<>())
                                .add(team)));
        return teams;
    }

    /** Adds parts up, scope by scope. */
    public static SortedMap<ScopeKey, ScopeTally> united(Collection<? extends Map<ScopeKey, ScopeTally>> parts) {
        SortedMap<ScopeKey, ScopeTally> united = new TreeMap<>();
        parts.forEach(part -> part.forEach((key, tally) -> united.merge(key, tally, ScopeTally::plus)));
        return united;
    }

    private static SortedMap<ScopeKey, ScopeTally> count(
            StageModel model,
            @Nullable ClusterFacts facts,
            Collection<Subject> subjects,
            Collection<Evidence> evidence) {
        Tallies tallies = new Tallies(model, evidence);
        SortedMap<ScopeKey, ScopeTally> counted = new TreeMap<>();
        members(subjects).forEach((key, scope) -> {
            AdoptionTally adoption = facts == null ? AdoptionTally.NONE : adoption(facts, scope);
            counted.put(key, new ScopeTally(tallies.of(scope), adoption));
        });
        return counted;
    }

    private static Map<ScopeKey, List<Subject>> members(Collection<Subject> subjects) {
        Map<String, SortedSet<ScopeKey>> applicationsOf = new HashMap<>();
        for (Subject subject : subjects) {
            if (subject.id().kind() == SubjectKind.WORKLOAD && subject.tier() == Tier.APPLICATION) {
                applicationsOf
                        .computeIfAbsent(place(subject), place -> new TreeSet<>())
                        .add(ScopeKey.application(subject));
            }
        }
        Map<ScopeKey, List<Subject>> members = new TreeMap<>();
        for (Subject subject : subjects) {
            SortedSet<ScopeKey> keys = new TreeSet<>(ScopeKey.of(subject));
            // What belongs to a namespace as a whole counts for each of its applications.
            if (subject.application().isEmpty() && !subject.id().namespace().isEmpty()) {
                keys.addAll(applicationsOf.getOrDefault(place(subject), new TreeSet<>()));
            }
            keys.forEach(key ->
                    members.computeIfAbsent(key, each -> new ArrayList<>()).add(subject));
        }
        return members;
    }

    private static String place(Subject subject) {
        return subject.id().cluster() + "/" + subject.id().namespace();
    }

    private static AdoptionTally adoption(ClusterFacts facts, List<Subject> subjects) {
        TreeSet<String> touched = new TreeSet<>();
        TreeSet<String> shown = new TreeSet<>();
        TreeSet<String> requested = new TreeSet<>();
        TreeSet<String> production = new TreeSet<>();
        TreeSet<String> productionClusters = new TreeSet<>();
        for (Subject subject : subjects) {
            touched.add(subject.id().namespace());
            if (subject.id().kind() != SubjectKind.WORKLOAD || subject.tier() != Tier.APPLICATION) {
                continue;
            }
            // The same application in two clusters is one application.
            String application = subject.id().namespace() + "/" + subject.application();
            if (subject.exposure() == Exposure.SHOWN) {
                shown.add(application);
            } else if (subject.exposure() != Exposure.NONE) {
                requested.add(application);
            }
            if (subject.lifecycle() == Lifecycle.PRODUCTION) {
                production.add(application);
                productionClusters.add(subject.id().cluster());
            }
        }
        int labelled = 0;
        int quotas = 0;
        TreeSet<String> owners = new TreeSet<>();
        TreeSet<String> people = new TreeSet<>(facts.circumstances().people());
        for (NamespaceUse namespace : facts.namespaces()) {
            if (touched.contains(namespace.name())) {
                people.addAll(namespace.people());
            }
            if (!namespace.application() || !touched.contains(namespace.name())) {
                continue;
            }
            boolean owned = !namespace.owner().isEmpty();
            labelled += owned || namespace.lifecycle() != Lifecycle.UNSTATED ? 1 : 0;
            quotas += namespace.quota() ? 1 : 0;
            if (owned) {
                owners.add(namespace.owner());
            }
        }
        // What a laptop's distribution brings along is nobody's decision (stage-model 1.1).
        boolean personal = facts.personal();
        // What is the cluster's as a whole counts for every scope that touches it.
        return new AdoptionTally(
                labelled,
                personal ? 0 : facts.nodes(),
                personal ? new TreeSet<>() : facts.addOns(),
                quotas,
                facts.deliveryObjects(),
                shown,
                requested,
                production,
                productionClusters,
                new TreeSet<>(List.of(facts.cluster())),
                owners,
                new LiveTally(
                        personal
                                ? new TreeSet<>(List.of(facts.cluster() + " ("
                                        + facts.circumstances().local() + ")"))
                                : new TreeSet<>(),
                        people,
                        facts.mode() == ClusterMode.LIVE ? shown : new TreeSet<>(),
                        facts.circumstances().unseen()));
    }

    /** Whether a scope of this kind is asked about a stage: all but the organisation need an application workload. */
    static boolean exists(ScopeKey key, ScopeTally tally) {
        return key.kind() == ScopeKind.ORGANISATION || tally.gates().applications() > 0;
    }
}
