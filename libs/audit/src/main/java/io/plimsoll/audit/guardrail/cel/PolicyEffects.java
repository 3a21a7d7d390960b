package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates validating admission policies and their bindings as the API server would at admission (KEP-3488): every object of
 * every namespace is asked as if it were created now.
 */
public final class PolicyEffects {

    private static final String GROUP = "admissionregistration.k8s.io";

    private PolicyEffects() {}

    /** Every binding of every policy of the cluster in the order of the input, and every policy that nothing binds. */
    public static List<PolicyEffect> of(ClusterState state, Collection<Scope> scopes, Programs programs) {
        List<Resource> bindings = declared(state, "ValidatingAdmissionPolicyBinding");
        List<PolicyEffect> effects = new ArrayList<>();
        for (Resource policy : declared(state, "ValidatingAdmissionPolicy")) {
            List<Resource> mine = bindings.stream()
                    .filter(binding -> binding.spec().text("policyName").equals(policy.name()))
                    .toList();
            if (mine.isEmpty()) {
                effects.add(new Tally().effect(policy.name(), "", policy.source(), List.of()));
            }
            for (Resource binding : mine) {
                effects.add(of(policy, binding, state, scopes, programs));
            }
        }
        return effects;
    }

    /** One policy under one binding, neither of which need be among the objects. */
    public static PolicyEffect of(
            Resource policy, Resource binding, ClusterState state, Collection<Scope> scopes, Programs programs) {
        Binding bound = Binding.of(state, programs, policy, binding);
        Tally tally = new Tally();
        for (Scope scope : scopes) {
            if (bound.covers(scope)) {
                tally.covers(scope);
                if (bound.aboutWrites()) {
                    judge(bound, scope, programs, tally);
                }
            }
        }
        return tally.effect(
                policy.name(),
                binding.name(),
                policy.source(),
                actions(binding.spec().at("validationActions").texts()));
    }

    private static void judge(Binding bound, Scope scope, Programs programs, Tally tally) {
        Parameters.Found parameters = bound.parameters().in(scope.namespace());
        for (Review review : scope.reviews()) {
            if (!bound.selects(review)) {
                continue;
            }
            switch (parameters) {
                case Parameters.Found.None none ->
                    tally.add(review, List.of(verdicts(bound, review, scope, programs, null)));
                case Parameters.Found.These these ->
                    tally.add(
                            review,
                            these.values().stream()
                                    .map(each -> verdicts(bound, review, scope, programs, each))
                                    .toList());
                case Parameters.Found.Skipped skipped -> {}
                case Parameters.Found.Error error -> {
                    if (bound.failClosed()) {
                        tally.refused(review, -1, error.why());
                    }
                }
                case Parameters.Found.NotGiven notGiven ->
                    tally.unknown("its parameters are not among the objects given");
            }
        }
    }

    private static List<Verdict> verdicts(
            Binding bound, Review review, Scope scope, Programs programs, @Nullable Value parameters) {
        return programs.of(bound.spec()).judgeAll(review, scope, parameters);
    }

    private static List<Resource> declared(ClusterState state, String kind) {
        return state.all(kind, GROUP).stream()
                .flatMap(each -> each.declared().stream())
                .toList();
    }

    private static List<Action> actions(List<String> written) {
        List<Action> actions = new ArrayList<>();
        for (Action action : List.of(Action.DENY, Action.WARN, Action.AUDIT)) {
            if (written.stream().anyMatch(text -> text.equalsIgnoreCase(action.name()))) {
                actions.add(action);
            }
        }
        return actions;
    }

    /** Not safe for use by two threads at once. */
    private static final class Tally {

        private final TreeSet<String> namespaces = new TreeSet<>();
        private final List<PolicyEffect.Refusal> refused = new ArrayList<>();
        private final SortedMap<String, Integer> unknown = new TreeMap<>();
        private int refusals;
        private int asked;

        void covers(Scope scope) {
            if (!scope.namespace().isEmpty()) {
                namespaces.add(scope.namespace());
            }
        }

        /** @param answers of each parameter object, one verdict a validation */
        void add(Review review, List<List<Verdict>> answers) {
            Map<Integer, String> broken = new LinkedHashMap<>();
            String reason = "";
            boolean answered = false;
            for (List<Verdict> verdicts : answers) {
                for (int i = 0; i < verdicts.size(); i++) {
                    switch (verdicts.get(i)) {
                        case Verdict.Refused no -> broken.putIfAbsent(i, no.why());
                        case Verdict.Unknown cannotTell -> reason = reason.isEmpty() ? cannotTell.why() : reason;
                        case Verdict.Admitted yes -> answered = true;
                        case Verdict.NotAsked other -> {}
                    }
                }
            }
            broken.forEach((validation, why) -> keep(review, validation, why));
            asked += answered || !broken.isEmpty() || !reason.isEmpty() ? 1 : 0;
            if (!reason.isEmpty()) {
                unknown.merge(reason, 1, Integer::sum);
            }
        }

        void refused(Review review, int validation, String why) {
            asked++;
            keep(review, validation, why);
        }

        void unknown(String why) {
            asked++;
            unknown.merge(why, 1, Integer::sum);
        }

        private void keep(Review review, int validation, String why) {
            refusals++;
            if (refused.size() < PolicyEffect.REFUSED_MAX) {
                refused.add(new PolicyEffect.Refusal(review.shown(), review.kind(), validation, why));
            }
        }

        PolicyEffect effect(String policy, String binding, Source source, List<Action> actions) {
            return new PolicyEffect(
                    policy,
                    binding,
                    source,
                    actions,
                    Collections.unmodifiableSortedSet(namespaces),
                    asked,
                    refused,
                    refusals,
                    Collections.unmodifiableSortedMap(unknown));
        }
    }
}
