package io.plimsoll.scanning.pack;

/**
 * What a distribution's package was built from. Distributions publish fixes by source package.
 *
 * @param name never empty
 * @param version the source's own version, which may differ from the package's (binNMUs, epochs); empty when unknown
 */
public record SourcePackage(String name, String version) {
    public SourcePackage {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a source package has a name");
        }
    }
}
