package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.blast.SensitivePaths;
import io.plimsoll.segmentation.blast.SensitivePaths.SensitivePath;
import io.plimsoll.segmentation.suggest.PathCut;
import io.plimsoll.segmentation.suggest.PathCuts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From the Internet to what is sensitive, and the policy that keeps it from there. */
class SensitivePathsTest {

    private static final ResourceId DB = new ResourceId("test", "", "Pod", "shop", "db");
    private static final ResourceId WEB = new ResourceId("test", "", "Pod", "shop", "web");
    private static final ResourceId WATCH = new ResourceId("test", "", "Pod", "ops", "watch");

    private static final String BALANCER = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
            """;

    private static PathCut cut(Town town, SensitivePath path, List<ResourceId> sensitive) {
        return new PathCuts(town.state(), town.workloads(), ReachabilityOptions.DEFAULTS, town.reachability(), false)
                .of(path, sensitive);
    }

    @Test
    void findsTheShortestWay() {
        List<SensitivePath> paths =
                new Town(BALANCER).reachability().pathsFromInternet(false).to(List.of(DB), Set.of());
        assertThat(paths).singleElement().satisfies(path -> {
            assertThat(path.workloads()).containsExactly(WEB, DB);
            assertThat(path.certain()).isTrue();
            assertThat(path.by().object().name()).isEqualTo("web");
        });
    }

    @Test
    void findsNoneWhereNothingLeadsIn() {
        SensitivePaths ways = new Town().reachability().pathsFromInternet(false);
        assertThat(ways.entries()).isEmpty();
        assertThat(ways.to(List.of(DB), Set.of())).isEmpty();
    }

    @Test
    void takesAnInternalBalancerForNoWayFromTheInternet() {
        String internal = BALANCER.replace(
                "namespace: shop}", "namespace: shop, annotations: {networking.gke.io/load-balancer-type: Internal}}");
        Town town = new Town(internal);
        assertThat(town.reachability().pathsFromInternet(false).to(List.of(DB), Set.of()))
                .isEmpty();
        assertThat(town.reachability().pathsFromInternet(true).to(List.of(DB), Set.of()))
                .hasSize(1);
    }

    @Test
    void doesNotComeInWherePoliciesKeepAddressesOut() {
        Town town = new Town(
                BALANCER,
                Town.policy(
                        "web",
                        "podSelector: {matchLabels: {app: web}}",
                        "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]"));
        assertThat(town.reachability().pathsFromInternet(false).to(List.of(DB), Set.of()))
                .isEmpty();
    }

    @Test
    void cutsWhereLeastIsLostAndKeepsTheRest() {
        // Given: web is let in, it reaches db directly and over watch.
        Town town = new Town(
                BALANCER,
                Town.policy(
                        "web",
                        "podSelector: {matchLabels: {app: web}}",
                        "policyTypes: [Egress]",
                        "egress: [{to: [{podSelector: {}}]}]"));
        SensitivePath path = town.reachability()
                .pathsFromInternet(false)
                .to(List.of(DB), Set.of())
                .getFirst();
        // When
        PathCut cut = cut(town, path, List.of(DB));
        // Then
        assertThat(cut.at()).isEqualTo(DB);
        assertThat(cut.policy()).isPresent();
        assertThat(cut.stillReached()).isEmpty();
        assertThat(cut.lost())
                .filteredOn(each -> !each.source().toString().endsWith("[External]"))
                .extracting(each -> each.source() + " > " + each.destination())
                .containsExactly("shop/web[Pod] > shop/db[Pod]");
        Reachability after = Reachability.of(
                Manifests.with(town.state(), List.of(cut.policy().orElseThrow())), town.workloads());
        assertThat(after.between(WATCH, DB).ports().isAll()).isTrue();
        assertThat(after.between(WEB, DB).ports().isEmpty()).isTrue();
    }

    @Test
    void deniesInTheTierAdminWhereANetworkPolicyAllows() {
        // Given
        Town town = new Town(
                BALANCER,
                Town.policy("db", "podSelector: {matchLabels: {app: db}}", "ingress: [{from: [{podSelector: {}}]}]"));
        SensitivePath path = town.reachability()
                .pathsFromInternet(false)
                .to(List.of(DB), Set.of())
                .getFirst();
        // When
        PathCut cut = cut(town, path, List.of(DB));
        // Then
        assertThat(cut.policy().orElseThrow().text("kind")).isEqualTo("ClusterNetworkPolicy");
        assertThat(cut.lost())
                .extracting(each -> each.source() + " > " + each.destination())
                .containsExactly("shop/web[Pod] > shop/db[Pod]");
    }

    @Test
    void saysWhereNoPolicyCuts() {
        // Given: what lets addresses in is a policy of the target itself.
        Town town = new Town(
                BALANCER,
                Town.policy(
                        "web",
                        "podSelector: {matchLabels: {app: web}}",
                        "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]"));
        SensitivePath path = town.reachability()
                .pathsFromInternet(false)
                .to(List.of(WEB), Set.of())
                .getFirst();
        // When
        PathCut cut = cut(town, path, List.of(WEB));
        // Then
        assertThat(cut.policy()).isEmpty();
        assertThat(cut.note()).startsWith("no single new policy cuts it");
        assertThat(cut.stillReached()).containsExactly(WEB);
    }
}
