package io.plimsoll.kubernetes.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kernel.declaration.DeclaredApplication;
import io.plimsoll.kernel.declaration.DeclaredScope;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who owns a namespace: labels, then annotations, then the Argo CD project that delivers into it, then what people declare. */
class OwnersTest {

    private static final String BARE = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}";
    private static final String PROJECT =
            "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: sales, namespace: argocd}}";

    private static String application(String name, String project, String destination) {
        return "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: " + name
                + ", namespace: argocd}, spec: {project: " + project + ", destination: {" + destination + "}}}";
    }

    private static final String HERE = "server: \"https://kubernetes.default.svc\", namespace: shop";

    private static String owner(String... objects) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("prod", ClusterMode.LIVE);
        for (String object : objects) {
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
        DeclaredApplication declared = new DeclaredApplication(
                "web", new DeclaredScope.Namespace("prod", "shop"), "declared", Lifecycle.UNSTATED, "");
        NamespaceFacts facts = Namespaces.of(
                        builder.build(),
                        new ClusterContext("prod", Lifecycle.UNSTATED, false, List.of(), List.of(declared)))
                .get("shop");
        return facts == null ? "" : facts.owner();
    }

    @Test
    void labelsComeBeforeAnnotationsBeforeProjectsBeforeDeclarations() throws IOException {
        String annotated = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, annotations: {team: annotated}}}";
        String labelled = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {squad: labelled},"
                + " annotations: {team: annotated}}}";
        String delivered = application("web", "sales", HERE);
        assertThat(owner(labelled, PROJECT, delivered)).isEqualTo("labelled");
        assertThat(owner(annotated, PROJECT, delivered)).isEqualTo("annotated");
        assertThat(owner(BARE, PROJECT, delivered)).isEqualTo("sales");
        assertThat(owner(BARE)).isEqualTo("declared");
    }

    @Test
    void aProjectNamesItsOwnOwnerWhereItIsLabelledSo() throws IOException {
        String labelled = "{apiVersion: argoproj.io/v1alpha1, kind: AppProject,"
                + " metadata: {name: sales, namespace: argocd, labels: {team: storefront}}}";
        assertThat(owner(BARE, labelled, application("web", "sales", "name: in-cluster, namespace: shop")))
                .isEqualTo("storefront");
    }

    @Test
    void theUnsortedProjectOneThatIsNotThereAnotherClusterAndTwoThatClashNameNobody() throws IOException {
        String unsorted =
                "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: default, namespace: argocd}}";
        String other =
                "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: other, namespace: argocd}}";
        assertThat(owner(BARE, unsorted, application("web", "default", HERE))).isEqualTo("declared");
        assertThat(owner(BARE, application("web", "sales", HERE))).isEqualTo("declared");
        assertThat(owner(BARE, PROJECT, application("web", "sales", "server: \"https://elsewhere\", namespace: shop")))
                .isEqualTo("declared");
        assertThat(owner(BARE, PROJECT, other, application("a", "sales", HERE), application("b", "other", HERE)))
                .isEqualTo("declared");
    }
}
