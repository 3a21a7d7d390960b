package io.plimsoll.assessment.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.adoption.Adoption.Reasoned;
import io.plimsoll.maturity.model.StageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adoption as running clusters tell it (stage-model 1.1, 1.3, 2.2, 2.3): a fact raises it, and each reason is named. */
class LiveAdoptionTest {

    private static final String WEB = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop},"
            + " spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}},"
            + " spec: {containers: [{name: c, image: \"example.com/web:1\"}]}}}}";
    private static final String DOOR = "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop},"
            + " spec: {type: LoadBalancer, selector: {a: b}, ports: [{port: 80}]},"
            + " status: {loadBalancer: {ingress: [{ip: 203.0.114.7}]}}}";

    private static String node(String name, String providerId) {
        return "{apiVersion: v1, kind: Node, metadata: {name: " + name + ", labels: {}}, spec: {providerID: \""
                + providerId + "\"}}";
    }

    private static String binding(String name, String kind, String subject) {
        return "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: " + name
                + ", namespace: shop}, roleRef: {kind: ClusterRole, name: edit, apiGroup: rbac.authorization.k8s.io},"
                + " subjects: [{kind: " + kind + ", name: \"" + subject + "\"}]}";
    }

    private static Adoption adoption(ClusterMode mode, String... objects) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("c", mode);
        List<String> all = new ArrayList<>(List.of(objects));
        all.add(WEB);
        for (String object : all) {
            Value.Obj body = (Value.Obj)
                    SingleDocument.read("o.yaml", new ByteArrayInputStream(object.getBytes(StandardCharsets.UTF_8)));
            String[] api = body.text("apiVersion").split("/");
            builder.add(
                    new DeclaredObject(
                            body,
                            api.length == 1 ? "" : api[0],
                            api[api.length - 1],
                            body.text("kind"),
                            body.at("metadata").text("namespace"),
                            "",
                            Source.NONE),
                    p -> {});
        }
        ClusterState state = builder.build();
        return new Assessment(StageModel.builtin(), AddOnCatalogue.builtin())
                .assess(List.of(state), null, List.of())
                .organisation()
                .adoption();
    }

    private static List<String> reasons(Adoption adoption, int stage) {
        return adoption.reasons().stream()
                .filter(each -> each.stage() == stage)
                .map(Reasoned::text)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "laptop-control-plane, kind://docker/laptop/laptop-control-plane, kind",
        "k3d-dev-server-0, k3s://k3d-dev-server-0, k3d",
        "docker-desktop, '', docker-desktop",
        "colima, k3s://colima, colima"
    })
    void aClusterOnOnesOwnMachineIsNamedAndItsNodesSayNothing(String name, String provider, String maker)
            throws IOException {
        String worker = maker.equals("kind") ? "laptop-worker" : name;
        Adoption adoption =
                adoption(ClusterMode.LIVE, node(name, provider), node(worker, provider), binding("b", "User", "jane"));
        assertThat(adoption.band().low()).isEqualTo(1);
        assertThat(adoption.band().high()).isEqualTo(1);
        assertThat(reasons(adoption, 1)).singleElement().asString().contains("c (" + maker + ")");
    }

    @Test
    void aNodeOfAnyOtherMakeOrAFourthNodeIsNoLaptop() throws IOException {
        Adoption mixed = adoption(ClusterMode.LIVE, node("a", "kind://a"), node("b", "aws:///eu/i-1"));
        assertThat(reasons(mixed, 1)).isEmpty();
        assertThat(reasons(mixed, 2)).containsExactly("2 nodes");
        Adoption four = adoption(
                ClusterMode.LIVE,
                node("a", "kind://a"),
                node("b", "kind://b"),
                node("c", "kind://c"),
                node("d", "kind://d"));
        assertThat(reasons(four, 2)).containsExactly("4 nodes");
    }

    @Test
    void twoPeopleWithRightsAreASignOfAProjectAndThePlatformsOwnAreNobody() throws IOException {
        Adoption one = adoption(
                ClusterMode.LIVE,
                binding("a", "User", "jane"),
                binding("b", "Group", "system:masters"),
                binding("c", "ServiceAccount", "builder"),
                binding("d", "User", "kubernetes-admin"));
        assertThat(one.band().high()).isEqualTo(1);
        Adoption two = adoption(ClusterMode.LIVE, binding("a", "User", "jane"), binding("b", "Group", "shop-team"));
        assertThat(two.band().low()).isEqualTo(1);
        assertThat(two.band().high()).isEqualTo(2);
        assertThat(reasons(two, 2)).containsExactly("2 people or groups with rights");
        // Shared by a team, a cluster is nobody's own, whatever made it: its nodes count again.
        Adoption shared = adoption(
                ClusterMode.LIVE,
                node("a", "kind://a"),
                node("b", "kind://b"),
                binding("a", "User", "jane"),
                binding("b", "User", "john"));
        assertThat(shared.band().low()).isEqualTo(2);
        assertThat(reasons(shared, 1)).isEmpty();
        // Files say what is meant to be.
        assertThat(adoption(ClusterMode.MANIFESTS, binding("a", "User", "jane"), binding("b", "User", "john"))
                        .reasons())
                .isEmpty();
    }

    @Test
    void whoServesThePublicFromARunningClusterIsAtTheThirdStageWhateverElseIsMissing() throws IOException {
        Adoption live = adoption(ClusterMode.LIVE, node("a", "kind://a"), DOOR);
        assertThat(live.band().low()).isEqualTo(3);
        assertThat(reasons(live, 3)).containsExactly("1 application(s) exposed, 1 of them in live clusters");
        // In files the same is a fact too, but without a sign of a project it shows no more than before.
        assertThat(adoption(ClusterMode.MANIFESTS, DOOR).band().low()).isEqualTo(1);
    }

    @Test
    void thePullSecretThatAnAccountNamesIsSeenWithoutReadingSecrets() throws IOException {
        String account = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: shop},"
                + " imagePullSecrets: [{name: registry}]}";
        String secret = "{apiVersion: v1, kind: Secret, type: kubernetes.io/dockerconfigjson,"
                + " metadata: {name: registry, namespace: shop}}";
        assertThat(reasons(adoption(ClusterMode.LIVE, account), 2)).containsExactly("1 delivery object(s)");
        assertThat(reasons(adoption(ClusterMode.LIVE, account, secret), 2)).containsExactly("1 delivery object(s)");
    }

    @Test
    void whatAClusterDoesNotShowLeavesMorePossible() throws IOException {
        String bindings =
                "{apiVersion: plimsoll.io/v1, kind: NotSeen, metadata: {name: RoleBinding.rbac.authorization.k8s.io}}";
        Adoption unbound = adoption(ClusterMode.LIVE, bindings);
        assertThat(unbound.band().low()).isEqualTo(1);
        assertThat(unbound.band().high()).isEqualTo(2);
        assertThat(reasons(unbound, 2))
                .containsExactly(
                        "not shown by a cluster, which may tell of more: RoleBinding.rbac.authorization.k8s.io");
        String services = "{apiVersion: plimsoll.io/v1, kind: NotSeen, metadata: {name: Service}}";
        assertThat(adoption(ClusterMode.LIVE, services).band().high()).isEqualTo(3);
    }
}
