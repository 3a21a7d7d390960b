package io.plimsoll.imagescan.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which images a cluster runs: by what runs, else by what is written; once for each platform of its nodes. */
class ImageUsesTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private static Inventory inventory(String yaml) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("prod", ClusterMode.MANIFESTS);
        new ManifestReader(ManifestLimits.DEFAULTS)
                .read("town.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), new DocumentSink() {
                    @Override
                    public void document(Document document) {
                        builder.add(document, "shop", this::problem);
                    }

                    @Override
                    public void problem(Problem problem) {
                        throw new AssertionError(problem);
                    }
                });
        return Inventory.of(builder.build(), AddOnCatalogue.builtin(), workload -> false);
    }

    private static List<String> uses(String yaml) throws IOException {
        return ImageUses.of(inventory(yaml), "linux/amd64", false).stream()
                .map(use -> use.subject().id().name() + " " + use.subject().id().container() + " "
                        + use.asked().reference() + " " + use.asked().platform())
                .toList();
    }

    private static String deployment(String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cart, namespace: shop}
                spec:
                  selector: {matchLabels: {app: cart}}
                  template:
                    metadata: {labels: {app: cart}}
                    spec: {containers: [{name: main, image: "%s"}]}
                """.formatted(image);
    }

    private static String pod(String name, String imageId) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: shop
                  labels: {app: cart, pod-template-hash: 6d4cf56db6}
                  ownerReferences: [{kind: ReplicaSet, name: cart-6d4cf56db6, apiVersion: apps/v1, controller: true}]
                spec: {containers: [{name: main, image: "cart:1"}]}
                status:
                  phase: Running
                  containerStatuses: [{name: main, imageID: "%s"}]
                """.formatted(name, imageId);
    }

    private static String node(String name, String architecture) {
        return """
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: %s}
                status: {nodeInfo: {operatingSystem: linux, architecture: %s}}
                """.formatted(name, architecture);
    }

    @Test
    void twoWaysOfWritingAReferenceAreOne() throws IOException {
        assertThat(uses(deployment("nginx"))).containsExactly("cart main docker.io/library/nginx:latest linux/amd64");
        assertThat(uses(deployment("index.docker.io/library/nginx:latest")))
                .containsExactly("cart main docker.io/library/nginx:latest linux/amd64");
        assertThat(uses(deployment("registry.example.com/a:1@" + DIGEST)))
                .containsExactly("cart main registry.example.com/a@" + DIGEST + " linux/amd64");
    }

    @Test
    void whatRunsStandsForWhatIsWritten() throws IOException {
        assertThat(uses(deployment("registry.example.com/cart:1")
                        + pod("cart-6d4cf56db6-a", "registry.example.com/cart@" + DIGEST)
                        + pod("cart-6d4cf56db6-b", "docker-pullable://registry.example.com/cart@" + DIGEST)))
                .containsExactly("cart main registry.example.com/cart@" + DIGEST + " linux/amd64");
    }

    @Test
    void aLocalIdentityLeadsNowhereAndWhatIsWrittenIsAsked() throws IOException {
        assertThat(uses(deployment("registry.example.com/cart:1") + pod("cart-6d4cf56db6-a", DIGEST)))
                .contains("cart main registry.example.com/cart:1 linux/amd64");
    }

    @Test
    void nodesOfSeveralArchitecturesRunSeveralImagesOfOneReference() throws IOException {
        assertThat(uses(deployment("registry.example.com/cart:1") + node("a", "amd64") + node("b", "arm64")))
                .containsExactly(
                        "cart main registry.example.com/cart:1 linux/amd64",
                        "cart main registry.example.com/cart:1 linux/arm64");
    }

    @Test
    void whatNamesNoImageIsAUseAllTheSame() throws IOException {
        assertThat(uses(deployment("ko://example.com/cmd/cart")))
                .containsExactly("cart main ko://example.com/cmd/cart linux/amd64");
    }

    private static List<String> secrets(String yaml, boolean allowed) throws IOException {
        return ImageUses.of(inventory(yaml), "linux/amd64", allowed).stream()
                .flatMap(use -> use.secrets().stream())
                .toList();
    }

    @Test
    void pullSecretsAreNamedOnlyWhereThatIsAllowed() throws IOException {
        String account = """
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: default, namespace: shop}
                imagePullSecrets: [{name: of-account}]
                """;
        String plain = deployment("registry.example.com/cart:1");
        String named = plain.replace("spec: {containers:", "spec: {imagePullSecrets: [{name: of-pod}], containers:");
        assertThat(secrets(named + account, false)).isEmpty();
        assertThat(secrets(named + account, true)).containsExactly("prod/shop/of-pod");
        // Kubernetes takes the account's where the pod names none.
        assertThat(secrets(plain + account, true)).containsExactly("prod/shop/of-account");
        assertThat(secrets(plain, true)).isEmpty();
    }
}
