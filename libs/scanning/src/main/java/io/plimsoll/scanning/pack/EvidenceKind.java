package io.plimsoll.scanning.pack;

/** What said that the package is there. */
public enum EvidenceKind {
    /** A package manager's database of what it installed. */
    PACKAGE_DATABASE,
    /** Metadata installed beside the code: dist-info, gemspec, package.json under node_modules. */
    INSTALLED_METADATA,
    /** What the linker left in an executable. */
    BUILD_INFORMATION,
    /** pom.properties inside an archive. */
    POM_PROPERTIES,
    /** A Java archive's manifest. */
    MANIFEST,
    /** A checksum found in an index of known archives. */
    CHECKSUM,
    /** A lock file: what was to be installed. */
    LOCK_FILE,
    /** Only the file's name. */
    FILE_NAME,
    /** Somebody else's SBOM. */
    SBOM
}
