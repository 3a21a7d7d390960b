package io.plimsoll.scanning.advisory;

import io.plimsoll.scanning.version.VersionScheme;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a package's name means something: an OSV ecosystem (OSV schema, "affected[].package field") in one spelling. Suffixes
 * that only say how long a release is supported are dropped ({@code Ubuntu:22.04:LTS}), so are RHEL's repositories
 * ({@code Red Hat:enterprise_linux:9::appstream}) and Alpine's {@code v}.
 *
 * @param base {@code Debian}, {@code PyPI}, {@code Red Hat}; never empty
 * @param release {@code 12}, {@code Pro:18.04}, {@code enterprise_linux:9}; empty where there are none
 */
public record Ecosystem(String base, String release) implements Comparable<Ecosystem> {

    private static final Pattern PYTHON_SEPARATORS = Pattern.compile("[-_.]+");

    public Ecosystem {
        if (base.isBlank()) {
            throw new IllegalArgumentException("an ecosystem has a name");
        }
    }

    /**
     * Reads OSV's notation.
     *
     * @throws IllegalArgumentException when there is no name before the colon
     */
    public static Ecosystem of(String written) {
        int colon = written.indexOf(':');
        String base = colon < 0 ? written : written.substring(0, colon);
        String release = colon < 0 ? "" : written.substring(colon + 1);
        return switch (base) {
            case "kubernetes" -> new Ecosystem("Kubernetes", release);
            case "Ubuntu" -> new Ecosystem(base, release.replace(":LTS", ""));
            case "Alpine" -> new Ecosystem(base, release.startsWith("v") ? release.substring(1) : release);
            case "Red Hat" -> new Ecosystem(base, redHat(release));
            default -> new Ecosystem(base, release);
        };
    }

    private static String redHat(String release) {
        int repositories = release.indexOf("::");
        return repositories < 0 ? release : release.substring(0, repositories);
    }

    /** A package's name as this ecosystem compares names: PEP 503 for PyPI; NuGet and Packagist ignore case, and
     * purls write Go modules in lower case. */
    public String canonicalName(String name) {
        return switch (base) {
            case "PyPI" -> PYTHON_SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
            case "NuGet", "Packagist", "Go" -> name.toLowerCase(Locale.ROOT);
            default -> name;
        };
    }

    /** Empty when we know no order for its versions. */
    public Optional<VersionScheme> scheme() {
        return VersionScheme.ofEcosystem(base);
    }

    @Override
    public int compareTo(Ecosystem other) {
        int byBase = base.compareTo(other.base);
        return byBase != 0 ? byBase : release.compareTo(other.release);
    }

    /** OSV's notation. */
    @Override
    public String toString() {
        return release.isEmpty() ? base : base + ":" + release;
    }
}
