package io.plimsoll.audit.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Argo CD's resource tracking (docs/user-guide/resource_tracking.md), Flux' inventory and Helm's ownership annotations. */
class MarksTest {

    private static final String APPLICATION = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: shop, namespace: argocd}
            status:
              resources:
              - {group: apps, version: v1, kind: Deployment, namespace: shop, name: web}
              - {version: v1, kind: Service, namespace: shop, name: labelled}
            """;

    private static List<String> marks(String... documents) {
        ClusterStateBuilder builder = new ClusterStateBuilder("c", ClusterMode.MANIFESTS);
        for (String text : documents) {
            try {
                var body =
                        SingleDocument.read("x.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
                builder.add(new Document(body, new Source("x.yaml", 1, 1)), "", problem -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Marks.of(builder.build()).stream()
                .map(each -> each.object().name() + " " + each.standing().slug() + " by " + each.owner())
                .toList();
    }

    private static String deployment(String name, String metadata) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name + ", namespace: shop, " + metadata
                + "}";
    }

    private static String argo(String name, String id) {
        return deployment(name, "annotations: {argocd.argoproj.io/tracking-id: '" + id + "'}");
    }

    @Test
    void anApplicationOwnsWhatIsMarkedAndListed() {
        assertThat(marks(APPLICATION, argo("web", "shop:apps/Deployment:shop/web")))
                .containsExactly("web owned by Application argocd/shop");
        assertThat(marks(APPLICATION, argo("web", "argocd_shop:apps/Deployment:shop/web")))
                .containsExactly("web owned by Application argocd/shop");
    }

    @Test
    void aMarkAloneOwnsNothing() {
        assertThat(marks(APPLICATION, argo("other", "shop:apps/Deployment:shop/other")))
                .containsExactly("other not-listed by Application argocd/shop");
        assertThat(marks(argo("web", "shop:apps/Deployment:shop/web")))
                .containsExactly("web owner-absent by Application shop");
        assertThat(marks(APPLICATION, argo("web", "else_shop:apps/Deployment:shop/web")))
                .containsExactly("web owner-absent by Application else/shop");
    }

    @Test
    void aCopiedMarkIsNone() {
        assertThat(marks(APPLICATION, argo("copy", "shop:apps/Deployment:shop/web")))
                .containsExactly("copy copied by Application shop");
        assertThat(marks(APPLICATION, argo("web", "shop"))).containsExactly("web copied by Application shop");
    }

    @Test
    void theLabelOfAnInstanceCountsWhereTheApplicationListsTheObject() {
        String service =
                "apiVersion: v1\nkind: Service\nmetadata: {name: %s, namespace: shop, labels: {app.kubernetes.io/instance: shop}}";
        assertThat(marks(APPLICATION, service.formatted("labelled"), service.formatted("helms")))
                .containsExactly("labelled owned by Application argocd/shop");
    }

    @Test
    void aKustomizationOwnsWhatItsInventoryHolds() {
        String kustomization = """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: flux-system}
                status: {inventory: {entries: [{id: shop_web_apps_Deployment, v: v1}]}}
                """;
        String labels =
                "labels: {kustomize.toolkit.fluxcd.io/name: apps, kustomize.toolkit.fluxcd.io/namespace: flux-system}";
        assertThat(marks(kustomization, deployment("web", labels), deployment("stray", labels)))
                .containsExactly(
                        "stray not-listed by Kustomization flux-system/apps",
                        "web owned by Kustomization flux-system/apps");
        assertThat(marks(deployment("web", labels)))
                .containsExactly("web owner-absent by Kustomization flux-system/apps");
    }

    @Test
    void helmKeepsItsListWhereNobodyLooks() {
        String object = deployment(
                "web", "annotations: {meta.helm.sh/release-name: shop, meta.helm.sh/release-namespace: shop}");
        String release = "apiVersion: v1\nkind: Secret\nmetadata: {name: sh.helm.release.v1.shop.v3, namespace: shop}";
        assertThat(marks(object, release)).containsExactly("web claimed by Helm release shop/shop");
        assertThat(marks(object)).containsExactly("web owner-absent by Helm release shop/shop");
    }

    @Test
    void whatAnotherObjectOwnsIsItsOwners() {
        assertThat(marks(deployment(
                        "web",
                        "ownerReferences: [{kind: Shop, name: a}], annotations: {argocd.argoproj.io/tracking-id: x}")))
                .isEmpty();
    }
}
