package io.plimsoll.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.reference.Platform;
import io.plimsoll.scanning.trust.Attachment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signatures and attestations in every place they are kept, and a registry that lies about them. */
class AttachmentsTest {

    private static final String AT = "/v2/team/app/";

    private final FakeRegistry registry;
    private final Digest image;

    AttachmentsTest() throws IOException {
        registry = new FakeRegistry();
        image = Digest.sha256(registry.content.getOrDefault(AT + "manifests/1", new byte[0]));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistryClient.Attached attached() throws IOException {
        RegistryOptions options = RegistryOptions.DEFAULT.allowing(Set.of("127.0.0.1"), Set.of(registry.host()));
        ImageReference reference = ImageReference.of(registry.host() + "/team/app:1");
        try (RegistryClient client = new RegistryClient(options)) {
            return client.attached(
                    reference, client.pull(reference, Platform.DEFAULT, ImageLimits.DEFAULT), ImageLimits.DEFAULT);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A manifest with one layer of this content, as JSON. */
    private byte[] manifest(String mediaType, String content) {
        Digest blob = Digest.sha256(bytes(content));
        registry.content.put(AT + "blobs/" + blob, bytes(content));
        return bytes("{\"schemaVersion\":2,\"layers\":[{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + blob
                + "\",\"size\":" + content.length() + ",\"annotations\":{\"n\":\"v\"}}]}");
    }

    private String referrer(byte[] manifest) {
        Digest digest = Digest.sha256(manifest);
        registry.content.put(AT + "manifests/" + digest, manifest);
        return "{\"digest\":\"" + digest + "\",\"size\":" + manifest.length + "}";
    }

    private static byte[] index(String... members) {
        return bytes("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", members) + "]}");
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        assertThat(attached()).isEqualTo(new RegistryClient.Attached(java.util.List.of(), java.util.List.of()));
    }

    @Test
    void findsCosignsTagsWithTheirAnnotations() throws IOException {
        registry.content.put(AT + "manifests/sha256-" + image.hex() + ".sig", manifest("a/b", "signature"));
        registry.content.put(AT + "manifests/sha256-" + image.hex() + ".att", manifest("c/d", "attestation"));
        assertThat(attached().attachments())
                .extracting(Attachment::mediaType, one -> new String(one.content(), StandardCharsets.UTF_8))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a/b", "signature"),
                        org.assertj.core.groups.Tuple.tuple("c/d", "attestation"));
        assertThat(attached().attachments().getFirst().annotations()).containsEntry("n", "v");
    }

    @Test
    void findsReferrersByTheApiOrElseByTheFallbackTag() throws IOException {
        byte[] listed = index(referrer(manifest("a/b", "one")));
        registry.content.put(AT + "manifests/sha256-" + image.hex(), listed);
        assertThat(attached().attachments()).hasSize(1);
        registry.content.put(
                AT + "referrers/" + image, index(referrer(manifest("a/b", "one")), referrer(manifest("a/b", "two"))));
        assertThat(attached().attachments()).hasSize(2);
    }

    @Test
    void findsWhatAnIndexSaysOfItsMemberAndWhatIsSaidOfTheIndex() throws IOException {
        byte[] manifest = registry.content.getOrDefault(AT + "manifests/1", new byte[0]);
        registry.content.put(AT + "manifests/" + image, manifest);
        byte[] claim = manifest("application/vnd.in-toto+json", "claim");
        String member = referrer(claim);
        byte[] root = index(
                "{\"digest\":\"" + image + "\",\"size\":" + manifest.length
                        + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}",
                member.replace(
                        "}",
                        ",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"},\"annotations\":"
                                + "{\"vnd.docker.reference.digest\":\"" + image + "\"}}"));
        registry.content.put(AT + "manifests/1", root);
        registry.content.put(
                AT + "manifests/sha256-" + Digest.sha256(root).hex() + ".sig", manifest("a/b", "of the index"));
        assertThat(attached().attachments())
                .extracting(one -> new String(one.content(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("claim", "of the index");
    }

    @Test
    void refusesForgedContentAndGoesOn() throws IOException {
        byte[] good = manifest("a/b", "good");
        byte[] forged = manifest("a/b", "forged");
        String member = referrer(forged);
        registry.content.put(AT + "manifests/" + Digest.sha256(forged), bytes("{\"layers\":[]}"));
        byte[] swapped = manifest("a/b", "swapped");
        registry.content.put(AT + "blobs/" + Digest.sha256(bytes("swapped")), bytes("SWAPPED"));
        registry.content.put(
                AT + "referrers/" + image,
                index(
                        member,
                        referrer(swapped),
                        "{\"digest\":\"md5:1\"}",
                        "{}",
                        referrer(good),
                        referrer(bytes("no JSON"))));
        RegistryClient.Attached attached = attached();
        assertThat(attached.attachments()).hasSize(1);
        assertThat(attached.problems().toString())
                .contains(
                        "does not have its digest", "a layer does not have its digest", "without a digest", "not JSON");
    }

    @Test
    void readsNoMoreThanItsBounds() throws IOException {
        String members = IntStream.range(0, 200)
                .mapToObj(i -> referrer(manifest("a/b", "number " + i)))
                .collect(Collectors.joining(","));
        registry.content.put(AT + "referrers/" + image, index(members));
        RegistryClient.Attached attached = attached();
        assertThat(attached.attachments()).hasSize(50);
        assertThat(attached.problems()).contains("more than 50 manifests are attached, the others were not read");
        registry.content.put(
                AT + "referrers/" + image,
                index(referrer(bytes("{\"layers\":[{\"digest\":\"" + image + "\",\"size\":99999999}]}"))));
        assertThat(attached().problems().toString()).contains("larger than is read");
    }

    @Test
    void saysThatARegistryCannotBeAsked() {
        registry.behave(exchange -> {
            if (exchange.getRequestURI().getPath().contains("/referrers/")) {
                FakeRegistry.answer(exchange, 403, new byte[0]);
            }
        });
        assertThatThrownBy(this::attached).hasMessageContaining("answered 403");
    }
}
