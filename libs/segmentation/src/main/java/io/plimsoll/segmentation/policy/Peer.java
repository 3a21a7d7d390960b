package io.plimsoll.segmentation.policy;

import java.util.List;
import java.util.Map;

/** The other side that one item of a rule's {@code from} or {@code to} speaks of. Equal peers mean the same. */
public sealed interface Peer {

    /** Pods and external addresses alike: a rule that names no peers. */
    record Everyone() implements Peer {}

    /** Pods by their labels, in some namespaces. Never external addresses. */
    record Pods(Namespaces namespaces, LabelSelector pods) implements Peer {

        /** @param namespaceLabels with the one the API server sets */
        public boolean matches(String namespace, Map<String, String> namespaceLabels, Map<String, String> labels) {
            return namespaces.matches(namespace, namespaceLabels) && pods.matches(labels);
        }

        /** True when no pod of the cluster is left out. */
        public boolean isEveryPod() {
            return pods.isEverything() && namespaces.isEvery();
        }
    }

    /**
     * External addresses, never pods.
     *
     * @param ranges disjoint, ascending; empty when every address is excepted
     */
    record Addresses(List<AddressRange> ranges) implements Peer {
        public Addresses {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Addresses of whoever has them: pods, nodes and the outside.
     *
     * @param ranges as written; they may overlap
     */
    record Networks(List<AddressRange> ranges) implements Peer {
        public Networks {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Addresses outside of the cluster: neither pods nor nodes, whatever address they have.
     *
     * @param ranges as written; they may overlap
     */
    record World(List<AddressRange> ranges) implements Peer {
        public World {
            ranges = List.copyOf(ranges);
        }
    }

    /** Traffic with this peer in part, or perhaps: it depends on what is sent, or on where pods run. */
    record Perhaps(Peer peer) implements Peer {}

    /** Nodes by their labels: neither pods with a network of their own nor the outside. Which addresses they have is not known. */
    record Nodes(LabelSelector labels) implements Peer {}

    /** Names looked up when traffic flows: they may mean any address outside. */
    record Domains(List<String> names) implements Peer {
        public Domains {
            names = List.copyOf(names);
        }
    }

    /** Which namespaces a peer's pods may be in. */
    sealed interface Namespaces {

        /** The policy's own namespace: no namespaceSelector is written. */
        record Own(String name) implements Namespaces {}

        /** Namespaces by their labels; the empty selector means all of them. */
        record Labelled(LabelSelector selector) implements Namespaces {}

        /** @param labels of the namespace, with the one the API server sets */
        default boolean matches(String name, Map<String, String> labels) {
            return switch (this) {
                case Own own -> own.name().equals(name);
                case Labelled labelled -> labelled.selector().matches(labels);
            };
        }

        default boolean isEvery() {
            return this instanceof Labelled labelled && labelled.selector().isEverything();
        }
    }
}
