package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.guardrail.review.Scope;
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

    boolean wanted() {
        return kind.present();
    }

    /** The objects for a namespace, by name or by label: a policy is asked once with each. */
    List<Value> in(Scope scope) {
        String apiVersion = kind.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String name = reference.text("name");
        String namespace = reference.text("namespace");
        return state.all(kind.text("kind"), group).stream()
                .filter(each -> name.isEmpty()
                        ? LabelSelector.matches(reference.at("selector"), each.labels())
                        : each.name().equals(name))
                .filter(each -> each.namespace().isEmpty()
                        || each.namespace().equals(namespace.isEmpty() ? scope.namespace() : namespace))
                .flatMap(each -> each.declared().stream())
                .map(Resource::body)
                .toList();
    }
}
