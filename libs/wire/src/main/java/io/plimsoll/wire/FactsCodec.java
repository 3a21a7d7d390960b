package io.plimsoll.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.facts.v1.Fact;
import io.plimsoll.api.facts.v1.FactRecord;
import io.plimsoll.api.facts.v1.FactStrength;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.cluster.Circumstances;
import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.cluster.NamespaceUse;
import io.plimsoll.assessment.image.RegistryAccess;
import io.plimsoll.audit.estate.Delivery;
import io.plimsoll.audit.guardrail.PolicyObject;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The facts of one cluster to {@code plimsoll.facts.v1} and back, one record for each object that tells them. What concerns the cluster as a
 * whole stands under group {@code plimsoll.io}, kind {@code Cluster}; a policy to be compared under kind {@code Policy}, its kind and name in
 * the record's name.
 */
public final class FactsCodec {

    private static final String OWN_GROUP = "plimsoll.io";
    private static final String CLUSTER = "Cluster";
    private static final String POLICY = "Policy";

    private FactsCodec() {}

    /** One record for each identity, in its order. */
    public static Map<ResourceId, FactRecord> toWire(ClusterFacts facts, Version version) {
        Map<ResourceId, FactRecord.Builder> records = new TreeMap<>();
        FactRecord.Builder cluster = at(records, clusterId(facts.cluster()), version);
        cluster.addFacts(fact("cluster-digest").setText(facts.digest()));
        cluster.addFacts(fact("cluster-mode").setText(facts.mode().name()));
        cluster.addFacts(fact("delivery-objects").setNumber(facts.deliveryObjects()));
        cluster.addFacts(fact("nodes").setNumber(facts.nodes()));
        Circumstances circumstances = facts.circumstances();
        if (!circumstances.local().isEmpty()) {
            cluster.addFacts(fact("local-cluster").setText(circumstances.local()));
        }
        circumstances.people().forEach(name -> cluster.addFacts(fact("person").setText(name)));
        circumstances
                .unseen()
                .forEach(kind -> cluster.addFacts(fact("unseen-kind").setText(kind)));
        facts.addOns().forEach(addOn -> cluster.addFacts(fact("add-on").setText(addOn)));
        facts.coverage().forEach(each -> cluster.addCoverage(KernelCodec.toWire(each)));
        facts.registries()
                .forEach(each -> cluster.addFacts(fact("registry-access")
                        .setScope(ScopeRef.newBuilder().setName(each.registry()))
                        .setText(each.state().name() + " " + each.message())));
        for (NamespaceUse use : facts.namespaces()) {
            ResourceId id = new ResourceId(facts.cluster(), "", "Namespace", "", use.name());
            FactRecord.Builder namespace = at(records, id, version);
            namespace.addFacts(fact("namespace").setSource(KernelCodec.toWire(use.source())));
            if (use.application()) {
                namespace.addFacts(fact("application-namespace"));
            }
            if (use.quota()) {
                namespace.addFacts(fact("quota"));
            }
            if (!use.owner().isEmpty()) {
                namespace.addFacts(fact("owner").setText(use.owner()));
            }
            use.people().forEach(name -> namespace.addFacts(fact("person").setText(name)));
            namespace.addFacts(fact("lifecycle").setText(use.lifecycle().name()));
        }
        for (Delivery delivery : facts.deliveries()) {
            at(records, delivery.by(), version)
                    .addFacts(fact("gitops-object")
                            .setScope(ScopeRef.newBuilder()
                                    .setCluster(delivery.cluster())
                                    .setNamespace(delivery.namespace())
                                    .setName(delivery.server()))
                            .setNumber(delivery.keeps() ? 1 : 0)
                            .setSource(KernelCodec.toWire(delivery.source())));
        }
        for (PolicyObject policy : facts.policies()) {
            ResourceId id = new ResourceId(facts.cluster(), OWN_GROUP, POLICY, "", policy.kind() + "/" + policy.name());
            at(records, id, version)
                    .addFacts(fact("policy-hash")
                            .setText(policy.specHash())
                            .setSource(KernelCodec.toWire(policy.source())));
        }
        Map<ResourceId, FactRecord> built = new TreeMap<>();
        records.forEach((id, record) -> built.put(id, record.build()));
        return built;
    }

    /** The record without its revision: equal bytes say nothing changed. */
    public static byte[] content(FactRecord record) {
        return record.toBuilder().clearRevision().build().toByteArray();
    }

    /**
     * The facts of one cluster from all its records, in any order.
     *
     * @throws IllegalArgumentException when the record of the cluster itself is missing
     */
    public static ClusterFacts fromWire(String cluster, Collection<byte[]> records)
            throws InvalidProtocolBufferException {
        Reading reading = new Reading(cluster);
        for (byte[] bytes : records) {
            reading.add(FactRecord.parseFrom(bytes));
        }
        return reading.facts();
    }

    /** Identity under which the facts of the cluster as a whole stand. */
    public static ResourceId clusterId(String cluster) {
        return new ResourceId(cluster, OWN_GROUP, CLUSTER, "", cluster);
    }

    private static FactRecord.Builder at(Map<ResourceId, FactRecord.Builder> records, ResourceId id, Version version) {
        return records.computeIfAbsent(
                id,
                key -> FactRecord.newBuilder()
                        .setRevision(KernelCodec.toWire(version))
                        .setIdentity(KernelCodec.toWire(key)));
    }

    private static Fact.Builder fact(String name) {
        return Fact.newBuilder().setName(name).setStrength(FactStrength.FACT_STRENGTH_SHOWN);
    }

    private static final class Reading {

        private final String cluster;
        private boolean complete;
        private ClusterMode mode = ClusterMode.MANIFESTS;
        private String digest = "";
        private int nodes;
        private int deliveryObjects;
        private String local = "";
        private final TreeSet<String> people = new TreeSet<>();
        private final TreeSet<String> unseen = new TreeSet<>();
        private final TreeSet<String> addOns = new TreeSet<>();
        private final List<NamespaceUse> namespaces = new ArrayList<>();
        private final Map<ResourceId, List<Delivery>> deliveries = new TreeMap<>();
        private final Map<ResourceId, PolicyObject> policies = new TreeMap<>();
        private final List<Coverage> coverage = new ArrayList<>();
        private final List<RegistryAccess> registries = new ArrayList<>();

        Reading(String cluster) {
            this.cluster = cluster;
        }

        void add(FactRecord record) {
            ResourceId id = KernelCodec.fromWire(record.getIdentity());
            record.getCoverageList().forEach(each -> coverage.add(KernelCodec.fromWire(each)));
            if (id.equals(clusterId(cluster))) {
                complete = true;
                record.getFactsList().forEach(this::ofCluster);
            } else if (id.kind().equals("Namespace") && id.group().isEmpty()) {
                namespace(id.name(), record.getFactsList());
            } else {
                record.getFactsList().forEach(fact -> ofObject(id, fact));
            }
        }

        private void ofCluster(Fact fact) {
            switch (fact.getName()) {
                case "cluster-digest" -> digest = fact.getText();
                case "cluster-mode" -> mode = ClusterMode.valueOf(fact.getText());
                case "nodes" -> nodes = (int) fact.getNumber();
                case "delivery-objects" -> deliveryObjects = (int) fact.getNumber();
                case "local-cluster" -> local = fact.getText();
                case "person" -> people.add(fact.getText());
                case "unseen-kind" -> unseen.add(fact.getText());
                case "add-on" -> addOns.add(fact.getText());
                case "registry-access" -> registries.add(registry(fact));
                default -> {
                    // A newer inventory knows more facts; this reader leaves them.
                }
            }
        }

        private static RegistryAccess registry(Fact fact) {
            int end = fact.getText().indexOf(' ');
            return new RegistryAccess(
                    fact.getScope().getName(),
                    EvidenceState.valueOf(fact.getText().substring(0, end)),
                    fact.getText().substring(end + 1));
        }

        private void namespace(String name, List<Fact> facts) {
            boolean application = false;
            boolean quota = false;
            String owner = "";
            Lifecycle lifecycle = Lifecycle.UNSTATED;
            TreeSet<String> bound = new TreeSet<>();
            Source source = Source.NONE;
            for (Fact fact : facts) {
                switch (fact.getName()) {
                    case "namespace" -> source = KernelCodec.fromWire(fact.getSource());
                    case "application-namespace" -> application = true;
                    case "quota" -> quota = true;
                    case "person" -> bound.add(fact.getText());
                    case "owner" -> owner = fact.getText();
                    case "lifecycle" -> lifecycle = Lifecycle.valueOf(fact.getText());
                    default -> {
                        // A newer inventory knows more facts; this reader leaves them.
                    }
                }
            }
            namespaces.add(new NamespaceUse(name, application, owner, lifecycle, quota, bound, source));
        }

        private void ofObject(ResourceId id, Fact fact) {
            if (fact.getName().equals("gitops-object")) {
                deliveries
                        .computeIfAbsent(id, key -> new ArrayList<>())
                        .add(new Delivery(
                                id,
                                fact.getScope().getCluster(),
                                fact.getScope().getName(),
                                fact.getScope().getNamespace(),
                                fact.getNumber() > 0,
                                KernelCodec.fromWire(fact.getSource())));
            } else if (fact.getName().equals("policy-hash")) {
                int slash = id.name().indexOf('/');
                policies.put(
                        id,
                        new PolicyObject(
                                id.name().substring(0, slash),
                                id.name().substring(slash + 1),
                                fact.getText(),
                                KernelCodec.fromWire(fact.getSource())));
            }
        }

        ClusterFacts facts() {
            if (!complete) {
                throw new IllegalArgumentException("the facts of cluster " + cluster + " are not complete");
            }
            namespaces.sort(Comparator.comparing(NamespaceUse::name));
            return new ClusterFacts(
                    cluster,
                    mode,
                    digest,
                    nodes,
                    addOns,
                    deliveryObjects,
                    namespaces,
                    deliveries.values().stream().flatMap(List::stream).toList(),
                    List.copyOf(policies.values()),
                    new Circumstances(local, people, unseen),
                    coverage,
                    registries);
        }
    }
}
