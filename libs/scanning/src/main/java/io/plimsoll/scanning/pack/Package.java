package io.plimsoll.scanning.pack;

import java.util.List;
import java.util.Optional;

/**
 * A package in an image: one per purl, with every place it was seen at.
 *
 * <p>A distribution's purl carries {@code arch}, {@code distro} and, where it matters, {@code epoch} and {@code rpmmod};
 * an RPM's version is {@code version-release} without the epoch, see {@link #fullVersion()}.
 *
 * @param purl what it is
 * @param kind which world it is from
 * @param source what a distribution's package was built from; empty outside of distributions
 * @param licences as declared, SPDX ids or the author's words; sorted, may be empty
 * @param occurrences sorted, at least one, no two of the same path
 * @param ownedBy the distribution package that installed all of its files, and whose distributor patches it; empty
 *     when none did
 */
public record Package(
        Purl purl,
        PackageKind kind,
        Optional<SourcePackage> source,
        List<String> licences,
        List<Occurrence> occurrences,
        Optional<String> ownedBy)
        implements Comparable<Package> {

    public Package {
        licences = licences.stream().distinct().sorted().toList();
        occurrences = occurrences.stream().distinct().sorted().toList();
        if (occurrences.isEmpty()) {
            throw new IllegalArgumentException("a package was seen somewhere: " + purl);
        }
    }

    public String namespace() {
        return purl.namespace();
    }

    public String name() {
        return purl.name();
    }

    /** Empty when unknown. */
    public String version() {
        return purl.version();
    }

    /** The version as its world orders it: with the epoch in front where there is one. */
    public String fullVersion() {
        String epoch = purl.qualifier("epoch");
        return epoch.isEmpty() || epoch.equals("0") ? version() : epoch + ":" + version();
    }

    @Override
    public int compareTo(Package other) {
        return purl.compareTo(other.purl);
    }
}
