package io.plimsoll.audit.control.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.control.Audit;
import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.ControlCatalogue;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Settings;
import io.plimsoll.audit.version.VersionKnowledge;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L19.2: what the provider owns is not applicable, and who answers for the rest is said. */
class ManagedPlaneTest {

    private static final String API_SERVER = """
            apiVersion: v1
            kind: Pod
            metadata: {name: kube-apiserver-n, namespace: kube-system}
            spec: {containers: [{name: kube-apiserver, image: "registry.k8s.io/kube-apiserver:v1.30.0", command: [kube-apiserver]}]}
            """;

    private static String node(String labels, String version) {
        return "apiVersion: v1\nkind: Node\nmetadata: {name: n1, labels: {" + labels
                + "}}\nstatus: {nodeInfo: {kubeletVersion: " + version + "}}";
    }

    private static ClusterState state(String... documents) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        for (String text : documents) {
            try {
                var body =
                        SingleDocument.read("x.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
                builder.add(new Document(body, new Source("x.yaml", 1, 1)), "", problem -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return builder.build();
    }

    private static List<Finding> findings(String control, String... documents) {
        List<Finding> findings = new ArrayList<>();
        Settings settings = new Settings(null, null, VersionKnowledge.builtin());
        new Audit(ControlCatalogue.builtin().of(control).stream().toList(), settings)
                .run(state(documents), findings::add);
        return findings;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a: b; v1.30.4-eks-a737599; eks",
                "eks.amazonaws.com/nodegroup: x; v1.30.4; eks",
                "a: b; v1.30.5-gke.1014001; gke",
                "kubernetes.azure.com/cluster: x; v1.30.4; aks",
                "a: b; v1.30.4+IKS; iks",
                "doks.digitalocean.com/node-id: x; v1.30.4; doks",
                "a: b; v1.30.4; ''",
                "a: b; v1.30.4+k3s1; ''",
                "a: b; v1.21.2-eks-1-21-4; ''",
            })
    void isKnownByWhatTheProviderWritesOnItsNodes(String labels, String version, String provider) {
        assertThat(ManagedPlane.of(new Cluster(state(node(labels, version))))
                        .map(each -> each.provider().id())
                        .orElse(""))
                .isEqualTo(provider);
    }

    @Test
    void anApiServerAmongTheObjectsDisprovesIt() {
        assertThat(ManagedPlane.of(new Cluster(state(node("a: b", "v1.30.4-eks-a737599"), API_SERVER))))
                .isEmpty();
    }

    @Test
    void whatTheProviderOwnsIsNotApplicable() {
        assertThat(findings("PLM-CP-014", node("a: b", "v1.30.4-eks-a737599")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(EvidenceState.NOT_APPLICABLE);
                    assertThat(finding.message()).contains("Amazon EKS", "node n1");
                });
    }

    @Test
    void whatIsSharedIsUnknown() {
        assertThat(findings("PLM-CP-009", node("a: b", "v1.30.4-eks-a737599")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(EvidenceState.UNKNOWN);
                    assertThat(finding.reason()).isEqualTo(Reason.NEEDS_CONNECTOR);
                });
    }

    @Test
    void aClusterOfOnesOwnIsAskedAsBefore() {
        assertThat(findings("PLM-CP-014", node("a: b", "v1.30.4"))).isEmpty();
        assertThat(findings("PLM-CP-005", node("a: b", "v1.30.4"), API_SERVER))
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(EvidenceState.FAIL));
    }

    @Test
    void everyControlHasOneWhoAnswersForIt() {
        Set<String> without = new TreeSet<>();
        for (CatalogueControl control : ControlCatalogue.builtin().controls()) {
            long areas = Responsibilities.builtin().areas().stream()
                    .filter(area -> area.controls().stream().anyMatch(control.id()::startsWith))
                    .count();
            if (areas != 1) {
                without.add(control.id() + ": " + areas);
            }
        }
        assertThat(without).isEmpty();
    }
}
