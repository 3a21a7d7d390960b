package io.plimsoll.scanning.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.reference.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Layouts, archives and indexes; what is refused is refused by name. */
class ManifestsTest {

    private final Map<String, byte[]> files = new HashMap<>();
    private final Folder folder = name -> Optional.ofNullable(files.get(name)).map(ByteArrayInputStream::new);

    private String blob(byte[] content) {
        Digest digest = Digest.sha256(content);
        files.put("blobs/sha256/" + digest.hex(), content);
        return "\"digest\":\"" + digest + "\",\"size\":" + content.length;
    }

    private String blob(String content) {
        return blob(content.getBytes(StandardCharsets.UTF_8));
    }

    private String image(String os, String layers) {
        return blob("{\"schemaVersion\":2,\"config\":{" + blob("{\"os\":\"" + os + "\"}") + "},\"layers\":[" + layers
                + "]}");
    }

    private ResolvedImage resolve(String reference, String... members) throws IOException {
        files.put(
                "index.json",
                ("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", members) + "]}")
                        .getBytes(StandardCharsets.UTF_8));
        return OciLayout.resolve(folder, reference, Platform.DEFAULT, ImageLimits.DEFAULT);
    }

    @Test
    void readsAManifestWithoutMediaType() throws IOException {
        byte[] layer = new Tars().file("a", "1").gzip();
        ResolvedImage image = resolve("", "{" + image("linux", "{" + blob(layer) + "}") + "}");
        assertThat(image.config().os()).isEqualTo("linux");
        assertThat(Seen.of(ImageLimits.DEFAULT, image.layers()).files).hasToString("{/a=0 1}");
    }

    @Test
    void choosesByPlatformAndByName() throws IOException {
        String arm = "{" + image("arm", "") + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}}";
        String amd = "{" + image("amd", "") + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}";
        String index = blob("{\"manifests\":[" + arm + "," + amd + "]}");
        assertThat(resolve("", "{" + index + "}").config().os()).isEqualTo("amd");
        String named = "{" + image("named", "") + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"v1\"}}";
        assertThat(resolve(
                                "v1",
                                named,
                                "{" + index + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"v2\"}}")
                        .config()
                        .os())
                .isEqualTo("named");
        assertThatThrownBy(() -> resolve("v3", named)).hasMessage("no image named v3 in the layout; it has [v1]");
        assertThatThrownBy(() -> resolve("", arm, arm)).hasMessageContaining("no image for platform linux/amd64");
    }

    @Test
    void neverFetchesForeignLayers() throws IOException {
        String foreign = "{\"mediaType\":\"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip\","
                + "\"digest\":\"sha256:" + "a".repeat(64) + "\",\"size\":5,\"urls\":[\"http://169.254.169.254/\"]}";
        ResolvedImage image = resolve("", "{" + image("linux", foreign) + "}");
        assertThat(image.incomplete()).hasToString("[layer 0: foreign layer, never fetched]");
    }

    @Test
    void refusesByName() {
        assertThatThrownBy(() -> OciLayout.resolve(name -> Optional.empty(), "", Platform.DEFAULT, ImageLimits.DEFAULT))
                .hasMessage("not an OCI layout: index.json is missing");
        assertThatThrownBy(() -> resolve("", "{\"digest\":\"sha256:../../etc\"}"))
                .hasMessageContaining("without a digest that can be verified");
        assertThatThrownBy(() -> resolve("", "{" + blob("{\"schemaVersion\":1,\"fsLayers\":[]}") + "}"))
                .hasMessageContaining("schema 1 is not read");
        assertThatThrownBy(() -> resolve("", "{" + blob("{\"schemaVersion\":2}") + "}"))
                .hasMessageContaining("not an image");
        String layers = String.join(",", java.util.Collections.nCopies(10_000, "{}"));
        assertThatThrownBy(() -> resolve("", "{" + image("linux", layers) + "}"))
                .hasMessage("10000 layers, at most 500 are read");
        assertThatThrownBy(() -> resolve("", "{\"digest\":\"sha256:" + "b".repeat(64) + "\",\"size\":52428800}"))
                .hasMessage("manifest of 52428800 bytes, at most 4194304 are read");
        byte[] spaces = new byte[5 << 20];
        Arrays.fill(spaces, (byte) ' ');
        Digest digest = Digest.sha256(spaces);
        files.put("blobs/sha256/" + digest.hex(), spaces);
        assertThatThrownBy(() -> resolve("", "{\"digest\":\"" + digest + "\",\"size\":7}"))
                .hasMessage("manifest larger than 4194304 bytes");
        files.put("blobs/sha256/" + digest.hex(), new byte[] {'{', '}'});
        assertThatThrownBy(() -> resolve("", "{\"digest\":\"" + digest + "\",\"size\":2}"))
                .hasMessageContaining("content does not have the digest");
    }

    @Test
    void refusesIndexesNestedTooDeep() {
        String inner = image("linux", "");
        for (int depth = 0; depth < 6; depth++) {
            inner = blob("{\"manifests\":[{" + inner + "}]}");
        }
        String outer = inner;
        assertThatThrownBy(() -> resolve("", "{" + outer + "}")).hasMessage("indexes nested deeper than 4");
    }

    @Test
    void readsADockerArchiveByWayOfItsTar() throws IOException {
        byte[] layer = new Tars().file("a", "1").bytes();
        byte[] tar = new Tars()
                .file("x/layer.tar", layer, 0644)
                .link("y/layer.tar", '2', "../x/layer.tar")
                .link("loop", '2', "loop")
                .file("config.json", "{\"os\":\"linux\",\"config\":{\"User\":\"app\",\"Env\":[\"A=b\"]}}")
                .file(
                        "manifest.json",
                        "[{\"Config\":\"config.json\",\"RepoTags\":[\"demo:1\"],\"Layers\":[\"x/layer.tar\",\"y/layer.tar\"]}]")
                .bytes();
        TarFolder archive = TarFolder.index(inMemory(tar), ImageLimits.DEFAULT);
        ResolvedImage image = DockerArchive.resolve(archive, "", ImageLimits.DEFAULT);
        assertThat(image.name()).isEqualTo("demo:1");
        assertThat(image.config().user()).isEqualTo("app");
        Seen seen = Seen.of(ImageLimits.DEFAULT, image.layers());
        assertThat(seen.files).hasToString("{/a=1 1}");
        assertThat(seen.incomplete).isEmpty();
        assertThatThrownBy(() -> archive.open("loop")).hasMessage("link cycle at loop");
        assertThat(archive.open("../../etc/passwd")).isEmpty();
        assertThatThrownBy(() -> DockerArchive.resolve(archive, "other:1", ImageLimits.DEFAULT))
                .hasMessage("no image named other:1 in the archive; it has [demo:1]");
    }

    private static SeekableFile inMemory(byte[] content) {
        return new SeekableFile() {
            @Override
            public long length() {
                return content.length;
            }

            @Override
            public InputStream openAt(long offset) {
                return new ByteArrayInputStream(content, (int) offset, content.length - (int) offset);
            }
        };
    }
}
