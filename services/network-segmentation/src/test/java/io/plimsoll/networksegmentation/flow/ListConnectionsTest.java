package io.plimsoll.networksegmentation.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.identity.Caller;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.networksegmentation.Town;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.PeerUnit;
import io.plimsoll.testing.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListConnectionsTest {

    private final SeenClusters clusters =
            new SeenClusters(new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin()));
    private static final ListConnections.Question ALL =
            new ListConnections.Question("", Optional.empty(), ListConnections.Wanted.ALL);

    private SeenCluster town() {
        return clusters.of(Town.snapshot(Town.state()));
    }

    /** Every page, one after the other. */
    private static List<ConnectionRow> all(
            SeenCluster cluster, Caller caller, ListConnections.Question question, int size) {
        List<ConnectionRow> rows = new ArrayList<>();
        Optional<Rows.Position> at = Optional.of(Rows.Position.FIRST);
        while (at.isPresent()) {
            Rows.Page<ConnectionRow> page =
                    ListConnections.page(cluster, caller, question, at.get(), size, Until.in(Duration.ofMinutes(1)));
            assertThat(page.rows().size()).isLessThanOrEqualTo(size);
            if (page.next().isPresent()) {
                assertThat(page.rows()).hasSize(size);
            }
            rows.addAll(page.rows());
            at = page.next();
        }
        return rows;
    }

    /** What the command lists of the same objects. */
    private static List<ConnectionRow> command(ClusterState state) {
        Reachability reachability = Reachability.of(
                state, PeerUnit.OWNER.of(state), ReachabilityOptions.showingFamiliesOf(state, HostNetwork.AS_NODE));
        return Stream.concat(reachability.connections(), reachability.brought())
                .flatMap(ConnectionRow::of)
                .toList();
    }

    private static Stream<String> text(List<ConnectionRow> rows) {
        return rows.stream()
                .map(row -> row.source() + " -> " + row.destination() + " : " + (row.certain() ? "" : "perhaps ")
                        + row.ports());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 500})
    void pagesOfAnySizeAreTheListOfTheCommand(int size) {
        assertThat(all(town(), Town.ADMIN, ALL, size))
                .isEqualTo(command(Town.state()))
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"E1", "E2", "E3", "E4", "E5", "X1-tool-rich-practice-poor", "X2-small-well-kept"})
    void theListOfARealEstateIsThatOfTheCommand(String estate) {
        Optional<Path> folder = Fixtures.folder("manifests/estates/" + estate);
        assumeTrue(folder.isPresent());
        ClusterState state = Town.in(folder.get());
        SeenCluster cluster = clusters.of(Town.snapshot(state));
        assertThat(all(cluster, Town.ADMIN, ALL, 100)).isEqualTo(command(state));
    }

    @Test
    void aTeamSeesConnectionsOfItsOwnWorkloadsAndWithTheOutside() {
        assertThat(text(all(town(), Town.SHOPKEEPER, ALL, 500)))
                .containsExactly(
                        "shop/cart[Deployment] -> shop/web[Deployment] : All Connections",
                        "shop/cart[Deployment] -> 0.0.0.0-255.255.255.255[External] : All Connections",
                        "shop/web[Deployment] -> shop/cart[Deployment] : TCP 7070",
                        "shop/web[Deployment] -> 0.0.0.0-255.255.255.255[External] : All Connections",
                        "0.0.0.0-255.255.255.255[External] -> shop/web[Deployment] : All Connections",
                        "{ingress-controller} -> shop/web[Deployment] : TCP 8080");
    }

    @Test
    void whoOwnsNothingInTheClusterDoesNotSeeIt() {
        assertThat(town().isSeenBy(Town.STRANGER)).isFalse();
        assertThat(all(town(), Town.STRANGER, ALL, 500)).isEmpty();
        assertThat(town().isSeenBy(Town.SHOPKEEPER)).isTrue();
    }

    @Test
    void aNamespaceOrAWorkloadIsFoundAtEitherEnd() {
        assertThat(text(all(
                        town(),
                        Town.ADMIN,
                        new ListConnections.Question("bank", Optional.empty(), ListConnections.Wanted.ALL),
                        500)))
                .isNotEmpty()
                .allMatch(row -> row.contains("bank/ledger"));
        SubjectId cart = new SubjectId(SubjectKind.WORKLOAD, Town.CLUSTER, "shop", "Deployment", "cart", "");
        assertThat(text(all(
                        town(),
                        Town.ADMIN,
                        new ListConnections.Question("", town().workload(cart), ListConnections.Wanted.CERTAIN),
                        500)))
                .contains("shop/web[Deployment] -> shop/cart[Deployment] : TCP 7070")
                .allMatch(row -> row.contains("shop/cart"));
    }
}
