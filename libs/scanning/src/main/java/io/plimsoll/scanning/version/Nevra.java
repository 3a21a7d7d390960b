package io.plimsoll.scanning.version;

import java.util.Optional;
import java.util.Set;

/**
 * The full name of an RPM: {@code name-epoch:version-release.arch}, of which name, epoch and architecture may be missing.
 * Ordered by name, then epoch, version and release as {@link VersionScheme#RPM} has them, then architecture; what is
 * missing comes first, a missing epoch is 0.
 *
 * @param name empty when missing
 * @param epoch digits; empty when missing
 * @param architecture empty when missing
 */
public record Nevra(String name, String epoch, String version, String release, String architecture)
        implements Comparable<Nevra> {

    private static final Set<String> ARCHITECTURES = Set.of(
            "noarch",
            "src",
            "nosrc",
            "x86_64",
            "x86_64_v2",
            "i386",
            "i486",
            "i586",
            "i686",
            "aarch64",
            "armv7hl",
            "ppc",
            "ppc64",
            "ppc64le",
            "s390",
            "s390x",
            "riscv64",
            "riscv",
            "ia64",
            "loongarch64");

    /** Takes a full name apart; a trailing {@code .rpm} does not count. Empty when there is no version in it. */
    public static Optional<Nevra> parse(String text) {
        String rest = text.endsWith(".rpm") ? text.substring(0, text.length() - 4) : text;
        int dot = rest.lastIndexOf('.');
        String architecture = "";
        if (dot >= 0 && ARCHITECTURES.contains(rest.substring(dot + 1))) {
            architecture = rest.substring(dot + 1);
            rest = rest.substring(0, dot);
        }
        int releaseAt = rest.lastIndexOf('-');
        if (releaseAt <= 0 || releaseAt == rest.length() - 1) {
            return Optional.empty();
        }
        String release = rest.substring(releaseAt + 1);
        rest = rest.substring(0, releaseAt);
        int versionAt = rest.lastIndexOf('-');
        String name = versionAt < 0 ? "" : rest.substring(0, versionAt);
        String version = rest.substring(versionAt + 1);
        int colon = version.indexOf(':');
        String epoch = colon < 0 ? "" : version.substring(0, colon);
        version = version.substring(colon + 1);
        if (version.isEmpty() || !(epoch.isEmpty() || Decimal.isNumber(epoch))) {
            return Optional.empty();
        }
        return Optional.of(new Nevra(name, epoch, version, release, architecture));
    }

    /** {@code epoch:version-release}, without an epoch of 0. */
    public String evr() {
        return (Decimal.isZero(epoch) ? "" : epoch + ":") + version + "-" + release;
    }

    @Override
    public int compareTo(Nevra other) {
        int byName = name.compareTo(other.name);
        if (byName != 0) {
            return byName;
        }
        int byVersion = new RpmVersion(epoch, RpmVersion.segments(version), RpmVersion.segments(release))
                .compareWith(new RpmVersion(
                        other.epoch, RpmVersion.segments(other.version), RpmVersion.segments(other.release)));
        return byVersion != 0 ? byVersion : architecture.compareTo(other.architecture);
    }
}
