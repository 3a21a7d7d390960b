package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.LabelSelector;
import io.plimsoll.segmentation.policy.Labels;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.Requirement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A pod that is not in the input and that a rule would mean: known only by what the rule says of it. A rule means it when it
 * asks for nothing, or for exactly the same.
 *
 * @param namespace what is asked of its namespace; of the policy's own one its name
 */
public record Stranger(LabelSelector namespace, LabelSelector pod) implements Comparable<Stranger> {

    private static final Comparator<Stranger> ORDER = Comparator.comparing(
                    (Stranger stranger) -> stranger.namespace.hasExpressions() || stranger.pod.hasExpressions())
            .thenComparing(Stranger::toString);

    /** Of whom nothing is known. */
    public static final Stranger ANYONE = new Stranger(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING);

    /** The stranger that a rule's peer speaks of. */
    public static Stranger of(Peer.Pods peer) {
        return new Stranger(namespace(peer), peer.pods());
    }

    /** Whether a rule's peer means it for sure. */
    public boolean isMeantBy(Peer.Pods peer) {
        LabelSelector asked = namespace(peer);
        return (asked.isEverything() || asked.equals(namespace))
                && (peer.pods().isEverything() || peer.pods().equals(pod));
    }

    /** True when a pod with these labels is one of whom the stranger says nothing new. */
    public boolean isKnownAs(Map<String, String> namespaceLabels, Map<String, String> labels) {
        return !namespace.isEverything()
                && !pod.isEverything()
                && !namespace.hasExpressions()
                && !pod.hasExpressions()
                && namespace.matches(namespaceLabels)
                && pod.matches(labels);
    }

    private static LabelSelector namespace(Peer.Pods peer) {
        return switch (peer.namespaces()) {
            case Peer.Namespaces.Own own ->
                new LabelSelector(List.of(
                        new Requirement(Labels.NAMESPACE_NAME, Requirement.Operator.IN, List.of(own.name()), false)));
            case Peer.Namespaces.Labelled labelled -> labelled.selector();
        };
    }

    /** Plain labels before expressions, then by the text. */
    @Override
    public int compareTo(Stranger other) {
        return ORDER.compare(this, other);
    }

    /** {@code entire-cluster}, {@code shop/[pod with {app=web}]} or {@code [namespace with {team=a}]/[all pods]}. */
    @Override
    public String toString() {
        return equals(ANYONE) ? "entire-cluster" : namespaceText() + "/" + podText();
    }

    private String namespaceText() {
        if (namespace.isEverything()) {
            return "[all namespaces]";
        }
        Requirement first = namespace.requirements().getFirst();
        boolean named = namespace.requirements().size() == 1
                && first.key().equals(Labels.NAMESPACE_NAME)
                && first.operator() == Requirement.Operator.IN
                && first.values().size() == 1;
        return named ? first.values().getFirst() : "[namespace with " + namespace + "]";
    }

    private String podText() {
        return pod.isEverything() ? "[all pods]" : "[pod with " + pod + "]";
    }
}
