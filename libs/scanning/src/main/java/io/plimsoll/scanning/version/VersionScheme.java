package io.plimsoll.scanning.version;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How an ecosystem writes and orders its versions. Each reader's class says which specification it follows. */
public enum VersionScheme {
    DEBIAN(DebianVersion::read),
    ALPINE(ApkVersion::read),
    RPM(RpmVersion::read),
    MAVEN(MavenVersion::read),
    /** npm, crates.io, Hex, Swift, the Kubernetes project, and OSV's own range type {@code SEMVER}. */
    SEMVER(text -> SemanticVersion.read(text, false)),
    GO(GoVersion::read),
    PYTHON(PythonVersion::read),
    RUBYGEMS(GemVersion::read),
    NUGET(NugetVersion::read),
    PACKAGIST(ComposerVersion::read),
    CONAN(ConanVersion::read),
    PUB(text -> SemanticVersion.read(text, true)),
    CRAN(text -> DottedVersion.read(text, ".-")),
    HACKAGE(text -> DottedVersion.read(text, "."));

    /** Characters of a version beyond which it is none. */
    public static final int LENGTH_MAX = 1_000;

    private final Function<String, ? extends VersionKey> reader;

    VersionScheme(Function<String, ? extends VersionKey> reader) {
        this.reader = reader;
    }

    /** Reads a version; blanks around it do not count. Pure, any thread. */
    public VersionReading read(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return new NotAVersion(text, "it is empty");
        }
        if (trimmed.length() > LENGTH_MAX) {
            return new NotAVersion(text, "longer than " + LENGTH_MAX + " characters");
        }
        if (trimmed.chars().anyMatch(c -> c < ' ')) {
            return new NotAVersion(text, "control characters");
        }
        try {
            return new Version(this, trimmed, reader.apply(trimmed));
        } catch (MalformedVersion e) {
            return new NotAVersion(text, e.why());
        }
    }

    /**
     * The scheme of an OSV ecosystem, whose release suffix ({@code Debian:12}) does not matter here; empty when we know no
     * order for it, so that its packages are answered UNKNOWN.
     */
    public static Optional<VersionScheme> ofEcosystem(String ecosystem) {
        int colon = ecosystem.indexOf(':');
        String base = colon < 0 ? ecosystem : ecosystem.substring(0, colon);
        return switch (base.toLowerCase(Locale.ROOT)) {
            case "debian", "ubuntu", "echo" -> Optional.of(DEBIAN);
            case "alpine", "wolfi", "chainguard", "minimos", "alpaquita", "bellsoft hardened containers" ->
                Optional.of(ALPINE);
            case "red hat",
                    "almalinux",
                    "rocky linux",
                    "suse",
                    "opensuse",
                    "azure linux",
                    "mageia",
                    "openeuler",
                    "photon os",
                    "amazon",
                    "oracle",
                    "fedora" -> Optional.of(RPM);
            case "maven" -> Optional.of(MAVEN);
            case "npm", "crates.io", "hex", "kubernetes", "swifturl" -> Optional.of(SEMVER);
            case "go" -> Optional.of(GO);
            case "pypi" -> Optional.of(PYTHON);
            case "rubygems" -> Optional.of(RUBYGEMS);
            case "nuget" -> Optional.of(NUGET);
            case "packagist" -> Optional.of(PACKAGIST);
            case "conancenter" -> Optional.of(CONAN);
            case "pub" -> Optional.of(PUB);
            case "cran", "bioconductor" -> Optional.of(CRAN);
            case "hackage", "ghc" -> Optional.of(HACKAGE);
            default -> Optional.empty();
        };
    }
}
