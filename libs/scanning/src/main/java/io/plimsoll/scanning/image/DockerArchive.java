package io.plimsoll.scanning.image;

import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code docker save} writes: {@code manifest.json} naming a configuration and layer tars. */
public final class DockerArchive {

    private DockerArchive() {}

    /**
     * Resolves one image of an archive.
     *
     * @param tag the {@code RepoTags} entry to look for; empty when the archive holds one image
     * @throws MalformedImage when there is none, or more than one and none is named
     */
    public static ResolvedImage resolve(Folder archive, String tag, ImageLimits limits) throws IOException {
        Node list = Manifests.parse("manifest.json", whole(archive, "manifest.json", limits.manifestBytesMax()));
        List<String> names = new ArrayList<>();
        List<Node> chosen = new ArrayList<>();
        for (Node image : list.items()) {
            List<String> tags =
                    image.get("RepoTags").items().stream().map(Node::text).toList();
            names.addAll(tags);
            if (tag.isEmpty() || tags.contains(tag)) {
                chosen.add(image);
            }
        }
        if (chosen.size() != 1) {
            throw new MalformedImage(
                    chosen.isEmpty()
                            ? "no image" + (tag.isEmpty() ? "" : " named " + tag) + " in the archive; it has " + names
                            : "the archive holds several images, name one of " + names);
        }
        Node image = chosen.getFirst();
        List<Node> written = image.get("Layers").items();
        if (written.size() > limits.layersMax()) {
            throw new MalformedImage(written.size() + " layers, at most " + limits.layersMax() + " are read");
        }
        ImageConfig config = Manifests.configuration(whole(archive, image.text("Config"), limits.configBytesMax()));
        List<Layer> layers = new ArrayList<>();
        for (int index = 0; index < written.size(); index++) {
            String name = written.get(index).text();
            Optional<Digest> diffId =
                    index < config.diffIds().size() ? config.diffIds().get(index) : Optional.empty();
            layers.add(new Layer(Optional.empty(), diffId, config.createdBy(index), -1, () -> open(archive, name)));
        }
        String name = image.get("RepoTags").items().stream()
                .map(Node::text)
                .findFirst()
                .orElse("");
        return new ResolvedImage(Optional.empty(), name, config, layers, Map.of(), List.of());
    }

    private static byte[] whole(Folder archive, String name, int bytesMax) throws IOException {
        try (InputStream in = open(archive, name)) {
            return Manifests.whole(in, bytesMax, name);
        }
    }

    private static InputStream open(Folder archive, String name) throws IOException {
        return archive.open(name)
                .orElseThrow(() -> new MalformedImage("the archive lacks " + Descriptor.shortened(name)));
    }
}
