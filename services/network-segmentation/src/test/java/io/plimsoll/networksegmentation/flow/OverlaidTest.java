package io.plimsoll.networksegmentation.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.networksegmentation.Town;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.reach.Difference;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.PeerUnit;
import io.plimsoll.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A what-if says what the difference of two whole analyses says. */
class OverlaidTest {

    private static final SharedWork SHARED = new SharedWork(2, Duration.ofMinutes(1));

    private final SeenClusters clusters =
            new SeenClusters(new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin()));

    private static List<Difference> all(Overlaid overlaid, int size) {
        List<Difference> rows = new ArrayList<>();
        Optional<Rows.Position> at = Optional.of(Rows.Position.FIRST);
        while (at.isPresent()) {
            Rows.Page<Difference> page = overlaid.page(Town.ADMIN, at.get(), size, Until.in(Duration.ofMinutes(1)));
            rows.addAll(page.rows());
            at = page.next();
        }
        return rows;
    }

    private static Overlay of(String yaml, ResourceId... removals) {
        return new Overlay(
                List.of(new Overlay.File("over.yaml", yaml.getBytes(StandardCharsets.UTF_8))),
                List.of(removals),
                "default");
    }

    /** Workloads with one another and with ingress controllers; ranges outside may be cut elsewhere. */
    private static TreeSet<String> within(List<Difference> differences) {
        TreeSet<String> texts = new TreeSet<>();
        for (Difference each : differences) {
            if (!(each.source() instanceof Endpoint.External) && !(each.destination() instanceof Endpoint.External)) {
                texts.add(each.toString());
            }
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"E2", "E3", "E4", "X1-tool-rich-practice-poor"})
    void whatChangesIsWhatTwoAnalysesDifferIn(String estate) {
        Optional<Path> folder = Fixtures.folder("manifests/estates/" + estate);
        assumeTrue(folder.isPresent());
        ClusterState state = Town.in(folder.get());
        // What the policies of the estate change: the estate without them, and they as removals.
        ResourceId[] policies = state.resources().stream()
                .map(Resource::id)
                .filter(id -> id.kind().endsWith("NetworkPolicy"))
                .toArray(ResourceId[]::new);
        ClusterState without = new ClusterState(
                state.name(),
                state.mode(),
                state.resources().stream()
                        .filter(each -> !each.kind().endsWith("NetworkPolicy"))
                        .toList());
        SeenCluster cluster = clusters.of(Town.snapshot(state));
        Overlaid overlaid = new Overlaid(cluster, new Overlay(List.of(), List.of(policies), ""));
        Reachability after = Reachability.of(
                without, PeerUnit.OWNER.of(without), ReachabilityOptions.showingFamiliesOf(state, HostNetwork.AS_NODE));
        assertThat(within(all(overlaid, 100)))
                .isEqualTo(within(cluster.reachability().differencesTo(after)));
        assertThat(overlaid.metrics(SHARED)).isEqualTo(after.metrics());
        assertThat(overlaid.missing()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 500})
    void pagesOfAnySizeAreTheDifference(int size) {
        SeenCluster town = clusters.of(Town.snapshot(Town.state()));
        Overlaid overlaid = new Overlaid(town, of("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: ledger, namespace: bank}
                spec:
                  podSelector: {}
                  policyTypes: [Ingress, Egress]
                  egress: [{to: [{ipBlock: {cidr: 10.0.0.0/9}}], ports: [{port: 443}]}]
                """));
        List<Difference> differences = all(overlaid, size);
        assertThat(differences.stream()
                        .map(each -> each.type() + " " + each.source() + " " + each.destination() + " " + each.before()
                                + " > " + each.after()))
                .containsExactly(
                        "changed bank/ledger[StatefulSet] 10.0.0.0-10.127.255.255[External] All Connections > TCP 443",
                        "removed bank/ledger[StatefulSet] 10.128.0.0-10.255.255.255[External] All Connections > No Connections",
                        "removed shop/cart[Deployment] bank/ledger[StatefulSet] All Connections > No Connections",
                        "removed shop/web[Deployment] bank/ledger[StatefulSet] All Connections > No Connections",
                        "removed square/fountain[Deployment] bank/ledger[StatefulSet] All Connections > No Connections",
                        "removed 0.0.0.0-255.255.255.255[External] bank/ledger[StatefulSet] All Connections > No Connections");
    }

    @Test
    void aFamilyThatOnlyTheOverlayShowsIsNoDifference() {
        SeenCluster town = clusters.of(Town.snapshot(Town.state()));
        Overlaid overlaid = new Overlaid(town, of("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: six, namespace: square}
                spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "2001:db8::/32"}}]}]}
                """));
        assertThat(all(overlaid, 500))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.source().toString()).contains("square/fountain"));
    }

    @Test
    void equalOverlaysHaveEqualDigestsAndOthersDoNot() {
        ResourceId gone = new ResourceId(Town.CLUSTER, "", "Service", "shop", "web");
        assertThat(of("a: b", gone).digest()).isEqualTo(of("a: b", gone).digest());
        assertThat(of("a: b").digest()).isNotEqualTo(of("a: b", gone).digest());
        assertThat(of("a: b").digest()).isNotEqualTo(of("a: c").digest());
    }
}
