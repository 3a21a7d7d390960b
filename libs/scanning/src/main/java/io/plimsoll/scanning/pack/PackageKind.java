package io.plimsoll.scanning.pack;

import java.util.Optional;

/** Which world a package is from: it decides how versions are ordered and which feeds speak of it. */
public enum PackageKind {
    DEB("deb"),
    APK("apk"),
    RPM("rpm"),
    /** OpenWrt's and other embedded systems' packages. */
    OPKG("opkg"),
    /** A Java artifact whose group is evidenced: pom.properties, or a checksum in an index. */
    MAVEN("maven"),
    /** A Java archive that says no group: listed by what it says, never matched by a guess. */
    JAVA_ARCHIVE("generic"),
    NPM("npm"),
    PYPI("pypi"),
    GOLANG("golang"),
    CARGO("cargo"),
    GEM("gem"),
    COMPOSER("composer"),
    NUGET("nuget"),
    CONAN("conan"),
    /** Anything else, for instance from an SBOM. */
    OTHER("generic");

    private final String purlType;

    PackageKind(String purlType) {
        this.purlType = purlType;
    }

    /** The purl type of its packages. */
    public String purlType() {
        return purlType;
    }

    /** Whether its packages are put there, and patched, by the operating system's distributor. */
    public boolean isDistribution() {
        return switch (this) {
            case DEB, APK, RPM, OPKG -> true;
            case MAVEN, JAVA_ARCHIVE, NPM, PYPI, GOLANG, CARGO, GEM, COMPOSER, NUGET, CONAN, OTHER -> false;
        };
    }

    /** The kind of a purl type; empty for a type we have no kind for. */
    public static Optional<PackageKind> ofPurlType(String type) {
        for (PackageKind kind : values()) {
            if (kind.purlType.equals(type) && kind != JAVA_ARCHIVE && kind != OTHER) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
