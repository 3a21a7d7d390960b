package io.plimsoll.scanning.match;

import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.pack.SourcePackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packages and distributions, as short as a test needs them. */
final class Packages {
    static final Distribution DEBIAN_12 = distribution("debian", "12");

    private static final List<Occurrence> SOMEWHERE =
            List.of(new Occurrence("/somewhere", 0, EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, false));

    private Packages() {}

    static Distribution distribution(String id, String version) {
        return new Distribution(id, version, "", "", "");
    }

    static Package of(String purl) {
        Purl read = Purl.parse(purl).orElseThrow();
        return new Package(
                read,
                PackageKind.ofPurlType(read.type()).orElse(PackageKind.OTHER),
                Optional.empty(),
                List.of(),
                SOMEWHERE,
                Optional.empty());
    }

    static Package maven(String group, String artifact, String version) {
        return of("pkg:maven/" + group + "/" + artifact + "@" + version);
    }

    static Package deb(String name, String version, String source, String sourceVersion) {
        return new Package(
                Purl.of("deb", "debian", name, version, Map.of()),
                PackageKind.DEB,
                Optional.of(new SourcePackage(source, sourceVersion)),
                List.of(),
                SOMEWHERE,
                Optional.empty());
    }

    static Package rpm(String name, String version, String module) {
        return new Package(
                Purl.of("rpm", "redhat", name, version, Map.of("rpmmod", module)),
                PackageKind.RPM,
                Optional.of(new SourcePackage(name, "")),
                List.of(),
                SOMEWHERE,
                Optional.empty());
    }

    static Package ownedBy(Package pack, String owner) {
        return new Package(
                pack.purl(), pack.kind(), pack.source(), pack.licences(), pack.occurrences(), Optional.of(owner));
    }
}
