package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.plimsoll.segmentation.metrics.Bounds;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How far trouble spreads: in the town only web may send to db, only watch to web. */
class BlastRadiusTest {

    private static final String CHAIN = Town.policy(
                    "web",
                    "podSelector: {matchLabels: {app: web}}",
                    "ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}]}]")
            + Town.policy(
                    "db",
                    "podSelector: {matchLabels: {app: db}}",
                    "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]")
            + """
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: watch, namespace: ops}
            spec: {podSelector: {}}
            """;

    private static ResourceId pod(String namespace, String name) {
        return new ResourceId("test", "", "Pod", namespace, name);
    }

    @Test
    void countsWhoIsReachedInOneHopAndInMany() {
        List<BlastRadius.Radius> radii =
                new Town(CHAIN).reachability().blastRadius().radii(Set.of());
        assertThat(radii)
                .containsExactly(
                        new BlastRadius.Radius(pod("ops", "watch"), new Bounds(1, 1), new Bounds(2, 2)),
                        new BlastRadius.Radius(pod("shop", "db"), new Bounds(0, 0), new Bounds(0, 0)),
                        new BlastRadius.Radius(pod("shop", "web"), new Bounds(1, 1), new Bounds(1, 1)));
    }

    @Test
    void countsForWhoKnowsOfSomeWhatIsReachedThroughAll() {
        BlastRadius blast = new Town(CHAIN).reachability().blastRadius();
        assertThat(blast.radii(Set.of(), workload -> !workload.name().equals("web")))
                .containsExactly(
                        new BlastRadius.Radius(pod("ops", "watch"), new Bounds(0, 0), new Bounds(1, 1)),
                        new BlastRadius.Radius(pod("shop", "db"), new Bounds(0, 0), new Bounds(0, 0)));
    }

    @Test
    void doesNotPassThroughWhoIsLeftOut() {
        BlastRadius blast = new Town(CHAIN).reachability().blastRadius();
        assertThat(blast.radii(Set.of(pod("shop", "web"))))
                .containsExactly(
                        new BlastRadius.Radius(pod("ops", "watch"), new Bounds(1, 1), new Bounds(1, 1)),
                        new BlastRadius.Radius(pod("shop", "db"), new Bounds(0, 0), new Bounds(0, 0)),
                        new BlastRadius.Radius(pod("shop", "web"), new Bounds(1, 1), new Bounds(1, 1)));
    }

    @Test
    void namesTheWayToEachWhoIsReached() {
        assertThat(new Town(CHAIN).reachability().blastRadius().from(pod("ops", "watch"), Set.of()))
                .containsExactly(
                        new BlastRadius.Reached(
                                pod("shop", "web"), 1, true, List.of(pod("ops", "watch"), pod("shop", "web"))),
                        new BlastRadius.Reached(
                                pod("shop", "db"),
                                2,
                                true,
                                List.of(pod("ops", "watch"), pod("shop", "web"), pod("shop", "db"))));
    }

    @Test
    void namesHubs() {
        assertThat(new Town(CHAIN).reachability().blastRadius().hubs())
                .containsExactly(new BlastRadius.Hub(List.of(pod("shop", "web")), 1, 1, 1));
    }

    @Test
    void namesNoHubWhereEverybodyReachesEverybody() {
        assertThat(new Town().reachability().blastRadius().hubs()).isEmpty();
    }

    @Test
    void keepsWhatIsNotKnownApartFromWhatIsSure() {
        String unknown = """
                ---
                apiVersion: crd.antrea.io/v1beta1
                kind: NetworkPolicy
                metadata: {name: a, namespace: ops}
                spec: {}
                """;
        assertThat(new Town(unknown).reachability().blastRadius().radii(Set.of()))
                .contains(new BlastRadius.Radius(pod("shop", "web"), new Bounds(1, 2), new Bounds(1, 2)));
    }

    @Test
    void refusesAWorkloadThatIsNotThere() {
        BlastRadius blast = new Town().reachability().blastRadius();
        assertThatThrownBy(() -> blast.from(pod("shop", "nobody"), Set.of())).hasMessageContaining("shop/Pod/nobody");
    }
}
