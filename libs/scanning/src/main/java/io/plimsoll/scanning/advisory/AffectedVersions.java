package io.plimsoll.scanning.advisory;

import io.plimsoll.scanning.advisory.VersionRange.Kind;
import io.plimsoll.scanning.version.NotAVersion;
import io.plimsoll.scanning.version.Version;
import io.plimsoll.scanning.version.VersionReading;
import io.plimsoll.scanning.version.VersionScheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An affected package's versions made ready to be asked many times. A version is affected when it is listed, or within a
 * range (OSV schema, "Evaluation"); ranges of commits are answered only for a commit they name.
 */
public final class AffectedVersions {
    private final List<ReadyRange> ranges = new ArrayList<>();
    private final Set<String> listed;
    private final List<Version> listedInOrder = new ArrayList<>();
    private final List<VersionRange> commits = new ArrayList<>();
    private boolean unreadable;

    private AffectedVersions(List<String> listed) {
        this.listed = new HashSet<>(listed);
    }

    /** @param scheme the order of the package's ecosystem */
    public static AffectedVersions of(Affected affected, VersionScheme scheme) {
        AffectedVersions ready = new AffectedVersions(affected.versions());
        for (VersionRange range : affected.ranges()) {
            if (range.kind() == Kind.GIT) {
                ready.commits.add(range);
                continue;
            }
            ReadyRange.of(range, orderOf(range.kind(), scheme))
                    .ifPresentOrElse(ready.ranges::add, () -> ready.unreadable = true);
        }
        for (String version : affected.versions()) {
            if (scheme.read(version) instanceof Version read && read.specified()) {
                ready.listedInOrder.add(read);
            }
        }
        return ready;
    }

    /** Semantic versions are part of npm's, Go's and Cargo's own orders; the ecosystem's reader also knows their spellings. */
    private static VersionScheme orderOf(Kind kind, VersionScheme scheme) {
        return switch (kind) {
            case SEMVER -> scheme == VersionScheme.GO ? VersionScheme.GO : VersionScheme.SEMVER;
            case ECOSYSTEM, GIT -> scheme;
        };
    }

    /** @param written the package's version, read by {@code scheme} */
    public VersionVerdict verdict(String written, VersionScheme scheme) {
        return verdict(written, scheme.read(written), scheme);
    }

    /** The same for a version that was already read. */
    public VersionVerdict verdict(String written, VersionReading reading, VersionScheme scheme) {
        if (listed.contains(written)) {
            return new VersionVerdict.Affects(
                    reading instanceof Version version ? fixAfter(version, scheme) : Optional.empty());
        }
        Optional<VersionVerdict> byCommit = byCommit(written);
        if (byCommit.isPresent()) {
            return byCommit.get();
        }
        return switch (reading) {
            case NotAVersion not -> new VersionVerdict.Undecided("the package's version cannot be read: " + not.why());
            case Version version -> byOrder(version, scheme);
        };
    }

    private VersionVerdict byOrder(Version version, VersionScheme scheme) {
        if (!version.specified()) {
            return new VersionVerdict.Undecided("the package's version is outside its ecosystem's specification");
        }
        for (Version one : listedInOrder) {
            if (one.compareTo(version) == 0) {
                return new VersionVerdict.Affects(fixAfter(version, scheme));
            }
        }
        for (ReadyRange range : ranges) {
            Optional<Version> read = inOrderOf(range, version, scheme);
            if (read.isPresent() && range.holds(read.get())) {
                return new VersionVerdict.Affects(range.fixAfter(read.get()));
            }
        }
        if (unreadable) {
            return new VersionVerdict.Undecided("the advisory names a version that cannot be read");
        }
        if (ranges.isEmpty() && listed.isEmpty()) {
            return new VersionVerdict.Undecided(
                    commits.isEmpty() ? "the advisory names no versions" : "the advisory names commits only");
        }
        return VersionVerdict.SPARES;
    }

    private Optional<String> fixAfter(Version version, VersionScheme scheme) {
        return ranges.stream()
                .flatMap(range -> inOrderOf(range, version, scheme).flatMap(range::fixAfter).stream())
                .findFirst();
    }

    private static Optional<Version> inOrderOf(ReadyRange range, Version version, VersionScheme scheme) {
        if (range.scheme() == scheme) {
            return Optional.of(version);
        }
        return range.scheme().read(version.text()) instanceof Version read ? Optional.of(read) : Optional.empty();
    }

    /** A commit the ranges name is decided without the repository; any other is not. */
    private Optional<VersionVerdict> byCommit(String written) {
        for (VersionRange range : commits) {
            for (VersionRange.Event event : range.events()) {
                if (!event.version().equals(written) || written.length() < 40) {
                    continue;
                }
                return Optional.of(
                        switch (event.turn()) {
                            case INTRODUCED, LAST_AFFECTED -> new VersionVerdict.Affects(Optional.empty());
                            case FIXED, LIMIT -> VersionVerdict.SPARES;
                        });
            }
        }
        return Optional.empty();
    }

    /**
     * The listed versions that no range holds. Databases list every version a range holds as well; without them an
     * index is a fraction of its size and answers the same.
     */
    public static List<String> beyondRanges(Affected affected, VersionScheme scheme) {
        if (affected.ranges().isEmpty() || affected.versions().isEmpty()) {
            return affected.versions();
        }
        AffectedVersions byRange = of(
                new Affected(
                        affected.ecosystem(),
                        affected.name(),
                        affected.standing(),
                        affected.ranges(),
                        List.of(),
                        affected.module()),
                scheme);
        return affected.versions().stream()
                .filter(version -> !(byRange.verdict(version, scheme) instanceof VersionVerdict.Affects))
                .toList();
    }
}
