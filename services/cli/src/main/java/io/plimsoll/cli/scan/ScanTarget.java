package io.plimsoll.cli.scan;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.RegistryClient;
import io.plimsoll.registry.RegistryProblem;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.ImageScan;
import io.plimsoll.scanning.image.DockerArchive;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.image.OciLayout;
import io.plimsoll.scanning.image.ResolvedImage;
import io.plimsoll.scanning.image.TarFolder;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.reference.Platform;
import io.plimsoll.scanning.sbom.BillReader;
import io.plimsoll.scanning.trust.AttachedBill;
import io.plimsoll.scanning.trust.Keyless;
import io.plimsoll.scanning.trust.Trust;
import io.plimsoll.scanning.trust.TrustedKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is scanned, as written on the command line: {@code kind:path[:name]}, or an image reference.
 *
 * @param name the image of several in a layout or an archive, empty when not said; of a registry the reference
 */
record ScanTarget(Kind kind, Path path, String name) {

    private static final long BILL_BYTES_MAX = 256L << 20;

    enum Kind {
        OCI("oci:"),
        OCI_ARCHIVE("oci-archive:"),
        DOCKER_ARCHIVE("docker-archive:"),
        ROOT("dir:"),
        SBOM("sbom:"),
        /** No prefix of its own: an image reference. */
        REGISTRY("");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * Reads a target.
     *
     * @throws UsageProblem when it is none or the path is not there
     */
    static ScanTarget of(String written) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.REGISTRY && written.startsWith(kind.prefix)) {
                String rest = written.substring(kind.prefix.length());
                Path whole = Path.of(rest);
                if (Files.exists(whole)) {
                    return new ScanTarget(kind, whole, "");
                }
                int colon = rest.indexOf(':');
                if (colon > 0 && Files.exists(Path.of(rest.substring(0, colon)))) {
                    return new ScanTarget(kind, Path.of(rest.substring(0, colon)), rest.substring(colon + 1));
                }
                throw new UsageProblem("no such file or folder: " + rest);
            }
        }
        return switch (ImageReference.of(written).pin()) {
            case DIGEST, TAG, FLOATING -> new ScanTarget(Kind.REGISTRY, Path.of(""), written);
            case BUILT, UNREADABLE ->
                throw new UsageProblem("what is " + written
                        + "? Say an image reference, oci:DIR, oci-archive:TAR, docker-archive:TAR, dir:ROOT or"
                        + " sbom:FILE");
        };
    }

    /** Reads the image, root file system or bill. */
    Scanned read(ImageScan scan, Platform platform, RegistryFlags flags, ReadingProgress progress) throws IOException {
        if (kind == Kind.REGISTRY) {
            return pull(scan, platform, flags, progress);
        }
        if (flags.asksForSignatures() || flags.asksForBill()) {
            throw new UsageProblem("--key, --signatures and --attached-sbom are about images in registries");
        }
        return new Scanned(local(scan, platform, progress), Optional.empty(), Optional.empty());
    }

    private Scanned pull(ImageScan scan, Platform platform, RegistryFlags flags, ReadingProgress progress)
            throws IOException {
        List<TrustedKey> keys = flags.keys();
        Optional<Keyless> keyless = flags.keyless();
        ImageReference reference = ImageReference.of(name);
        try (RegistryClient client = new RegistryClient(flags.options(this))) {
            RegistryClient.Pulled pulled = client.pull(reference, platform, scan.limits());
            if (!flags.asksForSignatures() && !flags.asksForBill()) {
                return new Scanned(scan.read(progress.watch(pulled.image())), Optional.empty(), Optional.empty());
            }
            // Asked before the layers: whoever is not signed for is known at once.
            List<Digest> subjects = Stream.concat(pulled.image().digest().stream(), Stream.of(pulled.root()))
                    .toList();
            Trust trust = new Trust(keys, keyless, subjects);
            RegistryClient.Attached attached = new RegistryClient.Attached(List.of(), List.of());
            Optional<String> refused = Optional.empty();
            try {
                attached = client.attached(reference, pulled, scan.limits());
            } catch (RegistryProblem e) {
                refused = Optional.of(String.valueOf(e.getMessage()));
            }
            List<String> problems = new ArrayList<>(attached.problems());
            refused.ifPresent(problems::add);
            Optional<AttachedBill> bill =
                    flags.asksForBill() ? trust.bill(attached.attachments(), problems) : Optional.empty();
            if (flags.asksForBill() && bill.isEmpty()) {
                System.err.println(
                        "plimsoll: " + name + ": no usable bill of materials is attached, reading the layers");
            }
            ImageReport report = bill.isPresent()
                    ? bill.get().bill().asReport(pulled.image(), bill.get().how())
                    : scan.read(progress.watch(pulled.image()));
            Endorsed endorsed = new Endorsed(
                    trust.judge(attached.attachments()), flags.demandsSignature(), refused.isEmpty(), problems);
            return new Scanned(report, Optional.empty(), Optional.of(endorsed));
        }
    }

    private ImageReport local(ImageScan scan, Platform platform, ReadingProgress progress) throws IOException {
        return switch (kind) {
            case OCI ->
                scan.read(progress.watch(OciLayout.resolve(new DiskFolder(path), name, platform, scan.limits())));
            case OCI_ARCHIVE ->
                scan.read(progress.watch(OciLayout.resolve(archive(scan.limits()), name, platform, scan.limits())));
            case DOCKER_ARCHIVE -> scan.read(progress.watch(docker(scan.limits())));
            case ROOT -> scan.read(path.toString(), new RootFiles(path));
            case REGISTRY -> throw new IllegalStateException("pulled, see above");
            case SBOM -> bill();
        };
    }

    private ImageReport bill() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return BillReader.read(in, BILL_BYTES_MAX).asReport();
        }
    }

    private ResolvedImage docker(ImageLimits limits) throws IOException {
        return DockerArchive.resolve(archive(limits), name, limits);
    }

    private TarFolder archive(ImageLimits limits) throws IOException {
        return TarFolder.index(new DiskFile(path), limits);
    }
}
