package io.plimsoll.scanning.image;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.reference.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From a manifest or an index to one image: OCI image manifest and image index, Docker schema 2. What kind a document is
 * is read off its shape, since {@code mediaType} is optional; schema 1 is refused by name.
 */
public final class Manifests {

    private final Blobs blobs;
    private final Platform platform;
    private final ImageLimits limits;

    public Manifests(Blobs blobs, Platform platform, ImageLimits limits) {
        this.blobs = blobs;
        this.platform = platform;
        this.limits = limits;
    }

    /**
     * Resolves what a descriptor points at.
     *
     * @throws MalformedImage when it loops, is not for the platform, does not have the digest, or is none of the kinds
     */
    public ResolvedImage resolve(Descriptor descriptor, String name) throws IOException {
        return resolve(descriptor, name, new HashSet<>());
    }

    private ResolvedImage resolve(Descriptor descriptor, String name, Set<Digest> above) throws IOException {
        if (!above.add(descriptor.digest())) {
            throw new MalformedImage("index loop: " + descriptor.digest() + " contains itself");
        }
        if (above.size() > limits.indexDepthMax() + 1) {
            throw new MalformedImage("indexes nested deeper than " + limits.indexDepthMax());
        }
        Node document = parse("manifest", whole(descriptor, limits.manifestBytesMax(), "manifest"));
        if (document.get("manifests").items().isEmpty()) {
            return image(document, Optional.of(descriptor.digest()), name);
        }
        return resolve(choose(document), name, above);
    }

    /** Picks the member of an index for the platform. */
    Descriptor choose(Node index) throws IOException {
        List<String> offered = new ArrayList<>();
        List<Node> members = index.get("manifests").items();
        Optional<Node> unnamed = Optional.empty();
        for (Node member : members) {
            Node written = member.get("platform");
            if (!written.isMembers()) {
                unnamed = Optional.of(member);
                continue;
            }
            String os = written.text("os");
            String architecture = written.text("architecture");
            if (os.isBlank() || architecture.isBlank()) {
                continue;
            }
            Platform candidate = new Platform(os, architecture, written.text("variant"));
            if (platform.accepts(candidate)) {
                return Descriptor.of(member);
            }
            offered.add(candidate.toString());
        }
        // A layout's index often holds one image and says no platform: its configuration will.
        if (unnamed.isPresent() && members.size() == 1) {
            return Descriptor.of(unnamed.get());
        }
        throw new MalformedImage("no image for platform " + platform + " in the index; it has " + offered
                + (unnamed.isPresent() ? " and some without a platform" : ""));
    }

    private ResolvedImage image(Node manifest, Optional<Digest> digest, String name) throws IOException {
        if (manifest.text("schemaVersion").equals("1")) {
            throw new MalformedImage("manifest schema 1 is not read: it is deprecated and cannot be verified");
        }
        if (!manifest.get("config").isMembers()) {
            throw new MalformedImage("manifest without config: not an image");
        }
        Descriptor configDescriptor = Descriptor.of(manifest.get("config"));
        List<Node> written = manifest.get("layers").items();
        if (written.size() > limits.layersMax()) {
            throw new MalformedImage(written.size() + " layers, at most " + limits.layersMax() + " are read");
        }
        byte[] configBytes = whole(configDescriptor, limits.configBytesMax(), "config");
        ImageConfig config = configuration(configBytes);
        List<Layer> layers = new ArrayList<>();
        List<Incompleteness> incomplete = new ArrayList<>();
        for (int index = 0; index < written.size(); index++) {
            Descriptor layer = Descriptor.of(written.get(index));
            Optional<Digest> diffId =
                    index < config.diffIds().size() ? config.diffIds().get(index) : Optional.empty();
            boolean foreign = layer.isForeign();
            if (foreign) {
                incomplete.add(new Incompleteness("layer " + index, "foreign layer, never fetched"));
            }
            layers.add(new Layer(
                    Optional.of(layer.digest()),
                    diffId,
                    config.createdBy(index),
                    layer.size(),
                    foreign ? InputStream::nullInputStream : () -> blobs.open(layer)));
        }
        return new ResolvedImage(
                digest, name, config, layers, Descriptor.texts(manifest.get("annotations")), incomplete);
    }

    static ImageConfig configuration(byte[] json) throws IOException {
        try {
            return ImageConfig.of(json);
        } catch (IOException e) {
            throw new MalformedImage("config: " + e.getMessage());
        }
    }

    static Node parse(String what, byte[] json) throws IOException {
        try {
            return Documents.json(new ByteArrayInputStream(json));
        } catch (IOException e) {
            throw new MalformedImage(what + ": " + e.getMessage());
        }
    }

    private byte[] whole(Descriptor descriptor, int bytesMax, String what) throws IOException {
        if (descriptor.size() > bytesMax) {
            throw new MalformedImage(what + " of " + descriptor.size() + " bytes, at most " + bytesMax + " are read");
        }
        byte[] content;
        try (InputStream in = what.equals("manifest") ? blobs.openManifest(descriptor) : blobs.open(descriptor)) {
            content = whole(in, bytesMax, what);
        }
        MessageDigest computation = descriptor.digest().computation();
        computation.update(content);
        if (!descriptor.digest().isResultOf(computation)) {
            throw new MalformedImage(what + ": content does not have the digest " + descriptor.digest());
        }
        if (descriptor.size() >= 0 && content.length != descriptor.size()) {
            throw new MalformedImage(
                    what + " of " + content.length + " bytes, its descriptor says " + descriptor.size());
        }
        return content;
    }

    static byte[] whole(InputStream in, int bytesMax, String what) throws IOException {
        byte[] content = in.readNBytes(bytesMax + 1);
        if (content.length > bytesMax) {
            throw new MalformedImage(what + " larger than " + bytesMax + " bytes");
        }
        return content;
    }
}
