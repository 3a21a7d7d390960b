package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.version.Version;
import io.plimsoll.scanning.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A version range specifier (VERS, purl specification): constraints of one scheme, in the order of their versions. */
public final class VersionConstraint {
    private record Bound(String sign, Version version) {}

    private final VersionScheme scheme;
    private final List<Bound> bounds;
    private final boolean any;

    private VersionConstraint(VersionScheme scheme, List<Bound> bounds, boolean any) {
        this.scheme = scheme;
        this.bounds = bounds;
        this.any = any;
    }

    /** @throws IllegalArgumentException when it is malformed or of a scheme we have no order for */
    static VersionConstraint parse(String text) {
        int slash = text.indexOf('/');
        if (!text.startsWith("vers:") || slash < 0) {
            throw new IllegalArgumentException("not a version range: \"" + text + "\"");
        }
        String type = text.substring("vers:".length(), slash);
        VersionScheme scheme = scheme(type)
                .orElseThrow(() -> new IllegalArgumentException("a version range of unknown scheme \"" + type + "\""));
        String rest = text.substring(slash + 1).strip();
        if (rest.equals("*")) {
            return new VersionConstraint(scheme, List.of(), true);
        }
        List<Bound> bounds = new ArrayList<>();
        for (String one : rest.split("\\|")) {
            bounds.add(bound(one.strip(), scheme));
        }
        return new VersionConstraint(scheme, List.copyOf(bounds), false);
    }

    /** One version exactly. */
    static Optional<VersionConstraint> exactly(String version, VersionScheme scheme) {
        return scheme.read(version) instanceof Version read
                ? Optional.of(new VersionConstraint(scheme, List.of(new Bound("=", read)), false))
                : Optional.empty();
    }

    private static Bound bound(String text, VersionScheme scheme) {
        String sign = "=";
        for (String candidate : List.of(">=", "<=", "!=", ">", "<", "=")) {
            if (text.startsWith(candidate)) {
                sign = candidate;
                break;
            }
        }
        String written = text.startsWith(sign) ? text.substring(sign.length()) : text;
        if (scheme.read(written) instanceof Version version) {
            return new Bound(sign, version);
        }
        throw new IllegalArgumentException("a version range with a version that cannot be read: \"" + text + "\"");
    }

    static Optional<VersionScheme> scheme(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "deb" -> Optional.of(VersionScheme.DEBIAN);
            case "apk", "alpine" -> Optional.of(VersionScheme.ALPINE);
            case "rpm" -> Optional.of(VersionScheme.RPM);
            case "maven" -> Optional.of(VersionScheme.MAVEN);
            case "npm", "semver", "cargo", "hex" -> Optional.of(VersionScheme.SEMVER);
            case "golang" -> Optional.of(VersionScheme.GO);
            case "pypi" -> Optional.of(VersionScheme.PYTHON);
            case "gem" -> Optional.of(VersionScheme.RUBYGEMS);
            case "nuget" -> Optional.of(VersionScheme.NUGET);
            case "composer" -> Optional.of(VersionScheme.PACKAGIST);
            case "conan" -> Optional.of(VersionScheme.CONAN);
            default -> Optional.empty();
        };
    }

    /** Whether it holds a version; a version that cannot be read is held by none but {@code *}. */
    boolean holds(String written) {
        if (any) {
            return true;
        }
        if (!(scheme.read(written) instanceof Version version)) {
            return false;
        }
        boolean excluded = false;
        boolean ranged = false;
        @Nullable Bound lower = null;
        for (Bound bound : bounds) {
            int order = version.compareTo(bound.version());
            switch (bound.sign()) {
                case "=" -> {
                    if (order == 0) {
                        return true;
                    }
                }
                case "!=" -> excluded = excluded || order == 0;
                case ">", ">=" -> lower = bound;
                default -> {
                    boolean below = bound.sign().equals("<") ? order < 0 : order <= 0;
                    ranged = ranged || (below && (lower == null || isAbove(version, lower)));
                    lower = null;
                }
            }
        }
        ranged = ranged || (lower != null && isAbove(version, lower));
        boolean onlyExclusions = bounds.stream().allMatch(bound -> bound.sign().equals("!="));
        return !excluded && (ranged || onlyExclusions);
    }

    private static boolean isAbove(Version version, Bound lower) {
        int order = version.compareTo(lower.version());
        return lower.sign().equals(">") ? order > 0 : order >= 0;
    }
}
