package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;

/**
 * The parameter objects of one binding.
 *
 * @param kind the policy's paramKind; missing when it takes none
 * @param reference the binding's paramRef
 */
record Parameters(ClusterState state, Value kind, Value reference) {

    /** What a policy is asked with. */
    sealed interface Found {

        /** Once with each. */
        record These(List<Value> values) implements Found {}

        /** Once, and {@code params} is null: the policy takes none, or its binding gives none. */
        record None() implements Found {}

        /** The binding asks nothing in this namespace: parameterNotFoundAction is Allow. */
        record Skipped() implements Found {}

        /** Every request that matches is an error, which the failurePolicy decides. */
        record Error(String why) implements Found {}

        /** They may stand elsewhere: files need not hold all of a cluster. */
        record NotGiven() implements Found {}
    }

    /** @param namespace of the object that is asked about; empty for one of the cluster */
    Found in(String namespace) {
        if (!kind.present() || !reference.present()) {
            return new Found.None();
        }
        List<Value> found = found(namespace);
        if (!found.isEmpty()) {
            return new Found.These(found);
        }
        if (state.mode() == ClusterMode.MANIFESTS) {
            return new Found.NotGiven();
        }
        return reference.text("parameterNotFoundAction").equals("Deny")
                ? new Found.Error("no params found for policy binding with `Deny` parameterNotFoundAction")
                : new Found.Skipped();
    }

    /** Every object of the kind that a policy takes parameters of; none where it takes none. */
    static List<Resource> objects(ClusterState state, Value policySpec) {
        Value kind = policySpec.at("paramKind");
        return kind.present() ? objectsOf(state, kind) : List.of();
    }

    private static List<Resource> objectsOf(ClusterState state, Value kind) {
        String apiVersion = kind.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        return state.all(kind.text("kind"), slash < 0 ? "" : apiVersion.substring(0, slash));
    }

    private List<Value> found(String namespace) {
        String name = reference.text("name");
        String elsewhere = reference.text("namespace");
        return objectsOf(state, kind).stream()
                .filter(each -> name.isEmpty()
                        ? reference.at("selector").present()
                                && LabelSelector.matches(reference.at("selector"), each.labels())
                        : each.name().equals(name))
                .filter(each -> each.namespace().isEmpty()
                        || each.namespace().equals(elsewhere.isEmpty() ? namespace : elsewhere))
                .flatMap(each -> each.declared().stream())
                .map(Resource::body)
                .toList();
    }
}
