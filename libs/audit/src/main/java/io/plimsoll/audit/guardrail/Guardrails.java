package io.plimsoll.audit.guardrail;

import io.plimsoll.audit.guardrail.builtin.DenyAll;
import io.plimsoll.audit.guardrail.builtin.PodSecurityLabels;
import io.plimsoll.audit.guardrail.builtin.Quotas;
import io.plimsoll.audit.guardrail.cel.AdmissionPolicies;
import io.plimsoll.audit.guardrail.cel.Programs;
import io.plimsoll.audit.guardrail.gatekeeper.Constraints;
import io.plimsoll.audit.guardrail.kyverno.KyvernoPolicies;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.memory.KeptMemory;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one cluster, namespace by namespace: what is written down, and what is in force (stage-gates 6). Immutable, any
 * thread.
 */
public final class Guardrails {

    /** What S2.codified asks for, by name. */
    public static final Set<Intent> CODIFIED = Set.of(
            Intent.PRIVILEGED,
            Intent.HOST_NAMESPACES,
            Intent.HOST_PATH,
            Intent.REGISTRY_ALLOW_LIST,
            Intent.IMAGE_TAG_OR_DIGEST);

    private static final Set<Intent> POD_BASELINE = Set.of(Intent.PRIVILEGED, Intent.HOST_NAMESPACES, Intent.HOST_PATH);

    private final Map<String, Answer> byNamespace;

    private record Answer(
            List<Guardrail> rules,
            SortedSet<Intent> codified,
            SortedSet<Intent> effective,
            SortedSet<String> registries,
            boolean baseline,
            SortedSet<Intent> overBudget,
            boolean baselineOverBudget) {}

    private Guardrails(Map<String, Answer> byNamespace) {
        this.byNamespace = Collections.unmodifiableMap(byNamespace);
    }

    /**
     * Reads and judges every rule of the cluster in every namespace of it.
     *
     * @param workloads of the same cluster: their pods are what rules on pods are judged by
     */
    public static Guardrails of(ClusterState state, List<Workload> workloads, PodLevels levels) {
        return of(state, workloads, levels, Memory.NONE);
    }

    /**
     * The same. A namespace in which nothing is another, under the same rules of the cluster, is not judged again.
     *
     * @param memory of this cluster, from which the workloads come; always with these levels
     */
    public static Guardrails of(ClusterState state, List<Workload> workloads, PodLevels levels, Memory memory) {
        List<Group> clusterWide = memory.of(
                "rules",
                "",
                () -> clusterWide(state, workloads, levels, memory),
                ClusterRules.origin(state, workloads, memory));
        PodSecurityLabels podSecurity = new PodSecurityLabels(levels);
        Map<String, Answer> answers = new TreeMap<>();
        Scope.parts(state.resources(), workloads).forEach((namespace, part) -> {
            // One object stands for the whole namespace as long as nothing in it is another.
            Object same =
                    memory.of("part", namespace, Object::new, part.origin().toArray());
            List<List<Judged>> judged = judged(podSecurity, clusterWide, part, same, memory);
            answers.put(namespace, memory.of("guardrails", namespace, () -> answer(judged), same, clusterWide));
        });
        return new Guardrails(answers);
    }

    /** Rules that are read together: of one admission policy, or of all other engines. */
    private record Group(String key, List<Rule> rules) {}

    private static List<Group> clusterWide(
            ClusterState state, List<Workload> workloads, PodLevels levels, Memory memory) {
        ResourceNames names = new ResourceNames(state);
        List<Group> groups = new ArrayList<>();
        AdmissionPolicies.byPolicy(state, () -> new Programs(names), memory)
                .forEach((policy, rules) -> groups.add(new Group("policy " + policy, rules)));
        List<Rule> others = new ArrayList<>(Constraints.rules(state, workloads));
        others.addAll(KyvernoPolicies.rules(state, workloads, new Programs(names), levels));
        groups.add(new Group("others", others));
        return groups;
    }

    /** A rule as it stands in one namespace. */
    private record Judged(Rule rule, Standing standing) {}

    /** What one policy says in a namespace is not asked again because another policy is another. */
    private static List<List<Judged>> judged(
            PodSecurityLabels podSecurity, List<Group> clusterWide, Scope.Part part, Object same, Memory memory) {
        // Of the namespace alone, and gone with it: others may not be judged when this one is.
        KeptMemory own = memory.of("own-memory", part.name(), KeptMemory::new);
        Supplier<Scope> scope = new Supplier<>() {
            private @Nullable Scope made;

            @Override
            public Scope get() {
                if (made == null) {
                    own.next();
                    made = part.scope(own);
                }
                return made;
            }
        };
        List<List<Judged>> judged = new ArrayList<>();
        judged.add(memory.of(
                "standings",
                "own " + part.name(),
                () -> judged(ownRules(podSecurity, scope.get(), own), scope.get()),
                same));
        for (Group group : clusterWide) {
            judged.add(memory.of(
                    "standings",
                    group.key() + " " + part.name(),
                    () -> judged(group.rules(), scope.get()),
                    same,
                    group.rules()));
        }
        return judged;
    }

    private static List<Judged> judged(List<Rule> rules, Scope scope) {
        return rules.stream().map(rule -> new Judged(rule, rule.in(scope))).toList();
    }

    private static List<Rule> ownRules(PodSecurityLabels podSecurity, Scope scope, Memory own) {
        List<Rule> rules = new ArrayList<>(podSecurity.rules(scope, own));
        rules.addAll(Quotas.rules(scope));
        rules.addAll(DenyAll.rules(scope));
        return rules;
    }

    /** The namespaces of the cluster in order; the empty text stands for its cluster-wide objects. */
    public Set<String> namespaces() {
        return byNamespace.keySet();
    }

    /** Every rule of the cluster as it stands in this namespace, excluded and unbound ones included, in order. */
    public List<Guardrail> rules(String namespace) {
        Answer answer = byNamespace.get(namespace);
        return answer == null ? List.of() : answer.rules();
    }

    /** Those of {@link #CODIFIED} that are written down for this namespace, at any action, obeyed or not. */
    public SortedSet<Intent> codifiedIntents(String namespace) {
        Answer answer = byNamespace.get(namespace);
        return answer == null ? Collections.emptySortedSet() : answer.codified();
    }

    /** What is refused in this namespace, each intent once, parts of a bundle under the bundle's name. */
    public SortedSet<Intent> effectiveIntents(String namespace) {
        Answer answer = byNamespace.get(namespace);
        return answer == null ? Collections.emptySortedSet() : answer.effective();
    }

    /** Prefixes of the images that the namespace's own rules approve, at any action, in order; empty where none says. */
    public SortedSet<String> approvedRegistries(String namespace) {
        Answer answer = byNamespace.get(namespace);
        return answer == null ? Collections.emptySortedSet() : answer.registries();
    }

    /** Admission refuses what breaks the pod baseline here, whatever runs already: by label, or by its three pod intents. */
    public boolean podBaselineEnforced(String namespace) {
        Answer answer = byNamespace.get(namespace);
        return answer != null && answer.baseline();
    }

    /**
     * Intents, counted as {@link #effectiveIntents} are, of rules that would refuse and whose expressions came to their bound before they had
     * said so of every object here: nobody knows whether they are in force.
     */
    public SortedSet<Intent> intentsOverBudget(String namespace) {
        Answer answer = byNamespace.get(namespace);
        return answer == null ? Collections.emptySortedSet() : answer.overBudget();
    }

    /** Whether {@link #podBaselineEnforced} would be true, were all rules in force that are over their budget. */
    public boolean podBaselineOverBudget(String namespace) {
        Answer answer = byNamespace.get(namespace);
        return answer != null && answer.baselineOverBudget();
    }

    private static Answer answer(List<List<Judged>> groups) {
        List<Judged> judged = groups.stream().flatMap(List::stream).toList();
        List<Guardrail> guardrails = new ArrayList<>(judged.size());
        SortedSet<Intent> codified = new TreeSet<>();
        SortedSet<Intent> effective = new TreeSet<>();
        SortedSet<String> registries = new TreeSet<>();
        Set<Intent> refused = new TreeSet<>();
        SortedSet<Intent> overBudget = new TreeSet<>();
        Set<Intent> perhaps = new TreeSet<>();
        for (Judged each : judged) {
            Rule rule = each.rule();
            Standing standing = each.standing();
            guardrails.add(guardrail(rule, standing));
            List<Intent> stands = spelledOut(rule);
            if (standing.written()) {
                stands.stream().filter(CODIFIED::contains).forEach(codified::add);
                registries.addAll(rule.registries());
            }
            if (standing.status() == Status.EFFECTIVE) {
                effective.add(rule.intent().counted());
            }
            if (keepsOut(rule, standing)) {
                refused.addAll(stands);
            }
            if (standing.overBudget() && standing.action() == Action.DENY) {
                overBudget.add(rule.intent().counted());
                perhaps.addAll(stands);
            }
        }
        Collections.sort(guardrails);
        perhaps.addAll(refused);
        return new Answer(
                List.copyOf(guardrails),
                Collections.unmodifiableSortedSet(codified),
                Collections.unmodifiableSortedSet(effective),
                Collections.unmodifiableSortedSet(registries),
                refused.containsAll(POD_BASELINE),
                Collections.unmodifiableSortedSet(overBudget),
                perhaps.containsAll(POD_BASELINE));
    }

    /** In force for what comes next, even where something that runs contradicts it. */
    private static boolean keepsOut(Rule rule, Standing standing) {
        boolean label = rule.declaration().engine() == Engine.POD_SECURITY_ADMISSION;
        return standing.action() == Action.DENY
                && switch (standing.status()) {
                    case EFFECTIVE, CONTRADICTED -> true;
                    case VACUOUS -> label;
                    case NOT_DENYING, NOT_EVALUATED, EXCLUDED, NOT_BOUND -> false;
                };
    }

    /** The parts of the baseline bundle that have names of their own in the model. */
    private static List<Intent> spelledOut(Rule rule) {
        if (rule.intent().equals(Intent.BASELINE_HOST)) {
            return List.of(Intent.HOST_NAMESPACES, Intent.HOST_PATH);
        }
        return List.of(rule.intent().equals(Intent.BASELINE_PRIVILEGE) ? Intent.PRIVILEGED : rule.intent());
    }

    private static Guardrail guardrail(Rule rule, Standing standing) {
        return new Guardrail(
                rule.intent().name(),
                rule.intent().counted().name(),
                rule.intent().family(),
                standing.action(),
                rule.declaration().engine(),
                standing.status(),
                standing.why(),
                rule.declaration().id(),
                rule.declaration().source());
    }
}
