package io.plimsoll.networksegmentation.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.networksegmentation.Town;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Reason;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static final SeenCluster TOWN = new SeenClusters(
                    new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin()))
            .of(Town.snapshot(Town.state()));

    private static Probe.End workload(String namespace, String kind, String name) {
        SubjectId id = new SubjectId(SubjectKind.WORKLOAD, Town.CLUSTER, namespace, kind, name, "");
        return new Probe.End.OfWorkload(TOWN.workload(id).orElseThrow());
    }

    private static Probe.End address(String text) {
        return new Probe.End.Outside(Address.parse(text).orElseThrow());
    }

    private static PortSet tcp(int port) {
        return PortSet.of(Protocol.TCP, port);
    }

    @Test
    void aPortOfAPolicyIsAllowedByItsRuleAndAnotherIsDenied() {
        Probe.End web = workload("shop", "Deployment", "web");
        Probe.End cart = workload("shop", "Deployment", "cart");
        Probe.Verdict allowed = Probe.of(TOWN, web, cart, tcp(7070));
        assertThat(allowed.outcome()).isEqualTo(Explanation.Outcome.ALLOWED);
        assertThat(allowed.rules()).singleElement().satisfies(say -> {
            assertThat(say.reason().object().name()).isEqualTo("cart");
            assertThat(say.reason().effect()).isEqualTo(Reason.Effect.ALLOWS);
            assertThat(say.direction()).isEqualTo(Direction.INGRESS);
            assertThat(say.source().file()).isEqualTo("town.yaml");
        });
        assertThat(Probe.of(TOWN, web, cart, tcp(22)).outcome()).isEqualTo(Explanation.Outcome.DENIED);
    }

    @Test
    void addressesOutsideAreToldApartByTheirBlock() {
        Probe.End ledger = workload("bank", "StatefulSet", "ledger");
        assertThat(Probe.of(TOWN, ledger, address("10.1.2.3"), tcp(443)).outcome())
                .isEqualTo(Explanation.Outcome.ALLOWED);
        assertThat(Probe.of(TOWN, ledger, address("192.0.2.1"), tcp(443)).outcome())
                .isEqualTo(Explanation.Outcome.DENIED);
        assertThat(Probe.of(TOWN, address("192.0.2.1"), ledger, tcp(443)).outcome())
                .isEqualTo(Explanation.Outcome.ALLOWED);
        assertThat(Probe.of(TOWN, ledger, address("2001:db8::1"), tcp(443)).outcome())
                .isEqualTo(Explanation.Outcome.DENIED);
    }

    @Test
    void twoAddressesAreNoQuestion() {
        assertThatThrownBy(() -> Probe.of(TOWN, address("10.1.2.3"), address("10.1.2.4"), tcp(443)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
