package io.plimsoll.scanning.image;

import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.reference.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** An OCI image layout: {@code oci-layout}, {@code index.json} and {@code blobs/}, in a folder or an archive. */
public final class OciLayout {

    private static final String REFERENCE = "org.opencontainers.image.ref.name";

    private OciLayout() {}

    /**
     * Resolves one image of a layout.
     *
     * @param reference the {@code ref.name} annotation to look for; empty when the layout holds one image
     * @throws MalformedImage when there is none, or more than one and none is named
     */
    public static ResolvedImage resolve(Folder layout, String reference, Platform platform, ImageLimits limits)
            throws IOException {
        byte[] written;
        try (InputStream in = layout.open("index.json")
                .orElseThrow(() -> new MalformedImage("not an OCI layout: index.json is missing"))) {
            written = Manifests.whole(in, limits.manifestBytesMax(), "index.json");
        }
        Node index = Manifests.parse("index.json", written);
        Manifests manifests = new Manifests(blobs(layout), platform, limits);
        List<Node> named = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Node member : index.get("manifests").items()) {
            String name = member.get("annotations").text(REFERENCE);
            if (!name.isEmpty()) {
                names.add(name);
            }
            if (reference.isEmpty() || name.equals(reference)) {
                named.add(member);
            }
        }
        if (named.isEmpty()) {
            throw new MalformedImage(
                    reference.isEmpty()
                            ? "the layout holds no image"
                            : "no image named " + reference + " in the layout; it has " + names);
        }
        if (named.size() == 1) {
            Node only = named.getFirst();
            return manifests.resolve(
                    Descriptor.of(only), only.get("annotations").text(REFERENCE));
        }
        if (reference.isEmpty() && names.size() > 1) {
            throw new MalformedImage("the layout holds several images, name one of " + names);
        }
        return manifests.resolve(manifests.choose(index), reference);
    }

    private static Blobs blobs(Folder layout) {
        return descriptor -> {
            String name = "blobs/" + descriptor.digest().algorithm() + "/"
                    + descriptor.digest().hex();
            return layout.open(name).orElseThrow(() -> new MalformedImage("the layout lacks " + name));
        };
    }
}
