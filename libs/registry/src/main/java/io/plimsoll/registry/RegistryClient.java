package io.plimsoll.registry;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.RegistryProblem.Reason;
import io.plimsoll.scanning.image.Blobs;
import io.plimsoll.scanning.image.Descriptor;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.image.Manifests;
import io.plimsoll.scanning.image.ResolvedImage;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.reference.Platform;
import io.plimsoll.scanning.trust.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images of registries. One client serves many images; a {@link ResolvedImage} of it reads its layers through the client,
 * which must stay open so long.
 */
public final class RegistryClient implements AutoCloseable {

    static final String ACCEPT = "application/vnd.oci.image.index.v1+json, "
            + "application/vnd.oci.image.manifest.v1+json, "
            + "application/vnd.docker.distribution.manifest.list.v2+json, "
            + "application/vnd.docker.distribution.manifest.v2+json";

    /** Waits; a test's does not. */
    @FunctionalInterface
    public interface Pause {
        void forMillis(long millis) throws InterruptedException;
    }

    private final RegistryOptions options;
    private final Http http;
    private final Pause pause;

    public RegistryClient(RegistryOptions options) {
        this(options, InetAddress::getAllByName, Thread::sleep);
    }

    RegistryClient(RegistryOptions options, AddressRules.Resolver resolver, Pause pause) {
        this.options = options;
        this.http = new Http(options, new AddressRules(options.hostsOfAnyAddress(), resolver));
        this.pause = pause;
    }

    /**
     * Resolves a reference to one image: its manifest and configuration are read, its layers can be.
     *
     * @throws RegistryProblem when the registry does not give it
     * @throws io.plimsoll.scanning.image.MalformedImage when what it gives is refused
     */
    public ResolvedImage resolve(ImageReference reference, Platform platform, ImageLimits limits) throws IOException {
        return pull(reference, platform, limits).image();
    }

    /**
     * An image, and what the reference itself points at.
     *
     * @param root the digest of the index the image was chosen from, or of its own manifest
     * @param document that index or manifest
     */
    public record Pulled(ResolvedImage image, Digest root, byte[] document) {}

    /** As {@link #resolve}, with what the reference itself points at: signatures are often over the index. */
    public Pulled pull(ImageReference reference, Platform platform, ImageLimits limits) throws IOException {
        switch (reference.pin()) {
            case BUILT, UNREADABLE ->
                throw new RegistryProblem(Reason.NOT_FOUND, "not an image reference: " + reference.written());
            case DIGEST, TAG, FLOATING -> {}
        }
        Repository repository = new Repository(reference, options, http, pause);
        String asked = !reference.digest().isEmpty()
                ? reference.digest()
                : reference.tag().isEmpty() ? "latest" : reference.tag();
        byte[] root = repository.document("manifests/" + asked, ACCEPT, limits.manifestBytesMax());
        Digest digest = reference.digest().isEmpty() ? Digest.sha256(root) : Digest.of(reference.digest());
        Descriptor descriptor = new Descriptor("", digest, root.length, Map.of());
        ResolvedImage image = new Manifests(new Remote(repository, descriptor, root), platform, limits)
                .resolve(descriptor, reference.written());
        return new Pulled(image, digest, root);
    }

    /**
     * What is attached to an image that was pulled: signatures, attestations, bills of materials. By cosign's tags, by the
     * referrers API or its fallback tag, and by the index the image is in.
     *
     * @throws RegistryProblem when the registry cannot be asked; that nothing is attached is an empty list
     */
    public Attached attached(ImageReference reference, Pulled pulled, ImageLimits limits) throws IOException {
        return new Attachments(new Repository(reference, options, http, pause), limits).of(pulled);
    }

    /**
     * What was found attached.
     *
     * @param problems what could not be read of it, one line each
     */
    public record Attached(List<Attachment> attachments, List<String> problems) {
        public Attached {
            attachments = List.copyOf(attachments);
            problems = List.copyOf(problems);
        }
    }

    /**
     * What refers to an image: signatures, attestations, SBOMs. By the referrers API of OCI 1.1, and where the registry
     * lacks it by the tag {@code sha256-…} that the specification names as fallback.
     *
     * @return the index's JSON; empty when nothing refers to it
     */
    public Optional<byte[]> referrers(ImageReference reference, Digest subject, ImageLimits limits) throws IOException {
        Repository repository = new Repository(reference, options, http, pause);
        for (String path :
                new String[] {"referrers/" + subject, "manifests/" + subject.algorithm() + "-" + subject.hex()}) {
            try {
                return Optional.of(repository.document(path, ACCEPT, limits.manifestBytesMax()));
            } catch (RegistryProblem e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether pushing to an image's repository is open to whoever this client is. Nothing is changed by asking.
     *
     * @throws RegistryProblem when the registry's answer says neither
     */
    public Pushing pushing(ImageReference reference) throws IOException {
        return new Repository(reference, options, http, pause).pushing();
    }

    /** What Harbor says of one of its projects, asked as whoever this client is. */
    public Harbor harbor(String host) {
        return new Harbor(host, options, http);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    /** Content by digest; the manifest asked for first is not asked for again. */
    private record Remote(Repository repository, Descriptor root, byte[] content) implements Blobs {

        @Override
        public InputStream openManifest(Descriptor descriptor) throws IOException {
            if (descriptor.digest().equals(root.digest())) {
                return new ByteArrayInputStream(content);
            }
            return repository
                    .open("manifests/" + descriptor.digest(), ACCEPT, 0)
                    .body();
        }

        @Override
        public InputStream open(Descriptor descriptor) throws IOException {
            return new ResumingStream(repository, "blobs/" + descriptor.digest());
        }
    }
}
