package io.plimsoll.assessment.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.maturity.model.StageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a cluster does not show is not held against it. */
class NotSeenTest {

    private static final ClusterAnalysis ANALYSIS = new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin());

    private static final String DEPLOYMENT =
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop},"
                    + " spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}},"
                    + " spec: {containers: [{name: c, image: \"example.com/web:1\"}]}}}}";

    private static Evidence isolation(String... notShown) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("prod", ClusterMode.LIVE);
        Value web =
                SingleDocument.read("web.yaml", new ByteArrayInputStream(DEPLOYMENT.getBytes(StandardCharsets.UTF_8)));
        builder.add(new DeclaredObject((Value.Obj) web, "apps", "v1", "Deployment", "shop", "", Source.NONE), p -> {});
        for (String kind : notShown) {
            int dot = kind.indexOf('.');
            builder.add(
                    new DeclaredObject(
                            NotSeen.object(
                                    dot < 0 ? "" : kind.substring(dot + 1), dot < 0 ? kind : kind.substring(0, dot)),
                            NotSeen.GROUP,
                            "v1",
                            NotSeen.KIND,
                            "",
                            "",
                            Source.NONE),
                    p -> {});
        }
        ClusterState state = builder.build();
        List<Evidence> all = ANALYSIS.segmentationEvidence(ANALYSIS.inventory(state, Declarations.NONE.of("prod")));
        return all.stream()
                .filter(each -> each.control().equals("ingress-isolated"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPolicyThatIsNotThereFailsAndOneThatIsNotShownIsUnknown() throws IOException {
        assertThat(isolation().state()).isEqualTo(EvidenceState.FAIL);
        Evidence unknown = isolation("NetworkPolicy.networking.k8s.io");
        assertThat(unknown.state()).isEqualTo(EvidenceState.UNKNOWN);
        assertThat(unknown.reason()).isEqualTo(Reason.PERMISSION_DENIED);
        assertThat(unknown.message()).contains("NetworkPolicy.networking.k8s.io");
    }

    @Test
    void whatSettlesSomethingElseChangesNothing() throws IOException {
        assertThat(isolation("Ingress.networking.k8s.io", "Node", "Widget.example.com")
                        .state())
                .isEqualTo(EvidenceState.FAIL);
    }
}
