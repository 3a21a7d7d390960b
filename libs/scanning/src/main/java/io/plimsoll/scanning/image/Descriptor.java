package io.plimsoll.scanning.image;

import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.reference.Digest;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image refers to: OCI image specification, "Content Descriptors". {@code urls} is never read: foreign layers
 * are not fetched.
 *
 * @param mediaType empty when not said
 * @param size in bytes, -1 when not said
 * @param annotations never null, by name
 */
public record Descriptor(String mediaType, Digest digest, long size, Map<String, String> annotations) {
    public Descriptor {
        annotations = Map.copyOf(annotations);
    }

    static Descriptor of(Node node) throws MalformedImage {
        Digest digest = Digest.find(node.text("digest"))
                .orElseThrow(() -> new MalformedImage(
                        "descriptor without a digest that can be verified: " + shortened(node.text("digest"))));
        return new Descriptor(
                node.text("mediaType"), digest, node.get("size").number(), texts(node.get("annotations")));
    }

    static Map<String, String> texts(Node members) {
        Map<String, String> texts = new TreeMap<>();
        members.members().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    /** A layer whose distribution is restricted, kept elsewhere: OCI image layer, "Non-Distributable Layers". */
    public boolean isForeign() {
        return mediaType.contains(".nondistributable.") || mediaType.contains(".foreign.");
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
