package io.plimsoll.audit.control.network;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Network policies: whether a namespace has one, whether a pod is selected, and what it may still reach. */
public final class Policies {

    private static final String KUBERNETES = "networking.k8s.io";
    private static final List<String> OF_NAMESPACES = List.of("NetworkPolicy", "CiliumNetworkPolicy");
    private static final List<String> CLUSTER_WIDE = List.of(
            "CiliumClusterwideNetworkPolicy",
            "GlobalNetworkPolicy",
            "AdminNetworkPolicy",
            "BaselineAdminNetworkPolicy",
            "ClusterNetworkPolicy");
    private static final String METADATA = "169.254.169.254";

    private Policies() {}

    public static Judge.OfObjects ofNamespace() {
        return (namespace, asked) -> {
            if (Cluster.system(namespace.name())) {
                return new Answer.NotAsked("it belongs to Kubernetes itself");
            }
            for (String kind : new String[] {"NetworkPolicy", "CiliumNetworkPolicy"}) {
                if (!asked.cluster().in(namespace.name(), kind).isEmpty()) {
                    return Answer.GOOD;
                }
            }
            return clusterWide(asked, namespace)
                    .orElseGet(() -> Answer.absent(
                            namespace,
                            "no network policy of namespace " + namespace.name() + " is among the objects given"));
        };
    }

    /** A policy for the whole cluster may do it; what it selects is not worked out here. */
    private static java.util.Optional<Answer> clusterWide(Asked asked, Resource at) {
        for (String kind : CLUSTER_WIDE) {
            for (Resource policy : asked.cluster().all(kind)) {
                return java.util.Optional.of(new Answer.Unseen(
                        Reason.PARTIAL_ANALYSIS,
                        kind + " " + policy.name() + " may isolate it; whom it selects is not analysed here",
                        at.source()));
            }
        }
        return java.util.Optional.empty();
    }

    /** Selected for ingress and for egress. */
    public static Judge.OfPods selected() {
        return (pod, asked) -> {
            boolean ingress = false;
            boolean egress = false;
            for (Resource policy : selecting(pod, asked)) {
                ingress |= isolates(policy, "Ingress");
                egress |= isolates(policy, "Egress");
            }
            if (ingress && egress) {
                return Answer.GOOD;
            }
            String open = !ingress && !egress ? "ingress nor egress" : ingress ? "egress" : "ingress";
            Resource object = Asked.object(pod);
            Field labels = pod.metadata().at("labels");
            return clusterWide(asked, object)
                    .orElseGet(() -> new Answer.Wrong(
                            "",
                            labels.path(),
                            "",
                            "no network policy among the objects given isolates it for " + open,
                            Reason.ABSENT_FROM_INPUT,
                            object.source()));
        };
    }

    /** Policies of its namespace whose selector takes in the pod's labels. */
    private static List<Resource> selecting(PodFields pod, Asked asked) {
        Map<String, String> labels = pod.template().labels();
        List<Resource> selecting = new ArrayList<>();
        for (String kind : OF_NAMESPACES) {
            for (Resource policy : asked.cluster().in(Asked.object(pod).namespace(), kind)) {
                for (Resource declared : policy.declared()) {
                    if (LabelSelector.matches(selector(declared), labels)) {
                        selecting.add(declared);
                    }
                }
            }
        }
        return selecting;
    }

    private static Value selector(Resource policy) {
        return policy.spec().at(policy.kind().equals("CiliumNetworkPolicy") ? "endpointSelector" : "podSelector");
    }

    /** Without policyTypes a policy is about ingress, and about egress where it has rules for it. */
    private static boolean isolates(Resource policy, String direction) {
        String rules = direction.toLowerCase(Locale.ROOT);
        if (!policy.group().equals(KUBERNETES) && !policy.group().equals("extensions")) {
            return policy.spec().hasKey(rules);
        }
        List<String> types = policy.spec().at("policyTypes").texts();
        return types.isEmpty() ? direction.equals("Ingress") || policy.spec().hasKey(rules) : types.contains(direction);
    }

    /** On a cloud the metadata address hands out the node's credentials. */
    public static Judge.OfPods metadataReachable() {
        return (pod, asked) -> {
            if (!asked.cluster().onCloud()) {
                return new Answer.NotAsked("no node names a cloud among the objects given");
            }
            for (Resource policy : selecting(pod, asked)) {
                if (isolates(policy, "Egress") && policy.kind().equals("NetworkPolicy") && !reaches(policy)) {
                    return Answer.GOOD;
                }
            }
            Resource object = Asked.object(pod);
            return new Answer.Wrong(
                    "",
                    pod.metadata().at("labels").path(),
                    "",
                    "no egress policy among the objects given keeps it from " + METADATA
                            + ", where the node's credentials are",
                    Reason.ABSENT_FROM_INPUT,
                    object.source());
        };
    }

    private static boolean reaches(Resource policy) {
        for (Value rule : policy.spec().items("egress")) {
            List<Value> peers = rule.items("to");
            if (peers.isEmpty()) {
                return true;
            }
            for (Value peer : peers) {
                Value block = peer.at("ipBlock");
                if (block.present()
                        && AddressBlock.covers(block.text("cidr"), METADATA)
                        && block.at("except").texts().stream().noneMatch(each -> AddressBlock.covers(each, METADATA))) {
                    return true;
                }
            }
        }
        return false;
    }
}
