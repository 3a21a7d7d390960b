package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.pack.Distribution;
import java.util.Optional;

/** A distribution's release as {@code os-release} has it, and as feeds call it. */
final class ReleaseNames {

    private ReleaseNames() {}

    /** Empty for a distribution no feed we read speaks of, and for a release that is not said. */
    static Optional<Ecosystem> ecosystem(String id, String release) {
        if (id.equals("wolfi") || id.equals("chainguard")) {
            return Optional.of(new Ecosystem(id.equals("wolfi") ? "Wolfi" : "Chainguard", ""));
        }
        if (release.isEmpty()) {
            return Optional.empty();
        }
        return switch (id) {
            case "debian" -> Optional.of(new Ecosystem("Debian", major(release)));
            case "ubuntu" -> Optional.of(new Ecosystem("Ubuntu", firstTwo(release)));
            case "alpine" -> Optional.of(new Ecosystem("Alpine", release.contains("_") ? "edge" : firstTwo(release)));
            // CentOS up to 8 was rebuilt from RHEL, build by build.
            case "rhel", "redhat", "centos" ->
                Optional.of(new Ecosystem("Red Hat", "enterprise_linux:" + major(release)));
            case "rocky" -> Optional.of(new Ecosystem("Rocky Linux", major(release)));
            case "almalinux" -> Optional.of(new Ecosystem("AlmaLinux", major(release)));
            case "opensuse-leap" -> Optional.of(new Ecosystem("openSUSE", "Leap " + release));
            case "azurelinux" -> Optional.of(new Ecosystem("Azure Linux", major(release)));
            case "mageia" -> Optional.of(new Ecosystem("Mageia", major(release)));
            default -> Optional.empty();
        };
    }

    /** The release as the table of lives has it. */
    static String lifeRelease(Distribution distribution) {
        String release = distribution.versionId();
        return switch (distribution.id()) {
            // Stream calls itself by the same id and number as what it replaced.
            case "centos" -> (distribution.prettyName().contains("Stream") ? "stream-" : "") + major(release);
            case "ubuntu", "alpine", "opensuse-leap" -> firstTwo(release);
            default -> major(release);
        };
    }

    private static String major(String release) {
        int dot = release.indexOf('.');
        return dot < 0 ? release : release.substring(0, dot);
    }

    private static String firstTwo(String release) {
        int second = release.indexOf('.', release.indexOf('.') + 1);
        return second < 0 ? release : release.substring(0, second);
    }
}
