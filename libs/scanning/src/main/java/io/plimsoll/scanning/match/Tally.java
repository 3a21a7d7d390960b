package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.VersionRange;
import io.plimsoll.scanning.advisory.VersionVerdict;
import io.plimsoll.scanning.version.NotAVersion;
import io.plimsoll.scanning.version.VersionReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of one package, sorted into hits, exemptions and doubts. */
final class Tally {
    private static final int DOUBTS_MAX = 20;

    private final Subject subject;
    private final VersionReading version;
    private final List<Hit> hits = new ArrayList<>();
    private final List<Hit> exempted = new ArrayList<>();
    private final List<Hit> mendedInStream = new ArrayList<>();
    private final List<Gap> doubts = new ArrayList<>();
    private int doubted;

    Tally(Subject subject, VersionReading version) {
        this.subject = subject;
        this.version = version;
    }

    void add(Lookup.Said said, boolean stream) throws IOException {
        String module = said.affected().module();
        if (!module.isEmpty() && !subject.module().equals(module)) {
            if (subject.modular() && subject.module().isEmpty()) {
                doubt(Gap.Reason.MODULE_UNKNOWN, said, "module " + module);
            }
            return;
        }
        if (module.isEmpty() && subject.modular() && !said.affected().ranges().isEmpty() && hasFix(said)) {
            // The release's own package, not the stream's: their versions have nothing to do with each other.
            return;
        }
        switch (said.versions().verdict(subject.version(), version, subject.scheme())) {
            case VersionVerdict.Affects affects -> {
                // A side stream only says what it mended, unless it is a paid one of the same release.
                boolean paid = subject.ecosystem().base().equals("Ubuntu");
                if (said.affected().standing() == Standing.NOT_AFFECTED) {
                    addTo(exempted, said, affects.fixedIn());
                } else if (!stream || paid) {
                    addTo(hits, said, affects.fixedIn());
                }
            }
            case VersionVerdict.Spares spares -> {
                if (stream && said.affected().standing() == Standing.AFFECTED) {
                    addTo(mendedInStream, said, Optional.empty());
                }
            }
            case VersionVerdict.Undecided undecided -> doubt(Gap.Reason.ADVISORY_UNDECIDED, said, undecided.why());
        }
    }

    private static boolean hasFix(Lookup.Said said) {
        return said.affected().ranges().stream()
                .flatMap(range -> range.events().stream())
                .anyMatch(event -> event.turn() == VersionRange.Turn.FIXED);
    }

    private void doubt(Gap.Reason reason, Lookup.Said said, String why) throws IOException {
        doubted++;
        if (doubts.size() < DOUBTS_MAX) {
            doubts.add(new Gap(reason, said.advisory().id() + ": " + why));
        }
    }

    List<Hit> hits() {
        return hits;
    }

    /** Why the answer is not whole: advisories that could not be decided, by name as far as {@link #DOUBTS_MAX}. */
    List<Gap> gaps() {
        if (doubted == 0) {
            return List.of();
        }
        if (version instanceof NotAVersion not) {
            return List.of(new Gap(
                    Gap.Reason.VERSION_UNREADABLE,
                    "\"" + not.text() + "\": " + not.why() + "; " + doubted + " advisories are not decided"));
        }
        List<Gap> gaps = new ArrayList<>(doubts);
        if (doubted > doubts.size()) {
            gaps.add(new Gap(Gap.Reason.ADVISORY_UNDECIDED, "and " + (doubted - doubts.size()) + " more"));
        }
        return gaps;
    }

    private static void addTo(List<Hit> list, Lookup.Said said, Optional<String> fixedIn) throws IOException {
        Advisory advisory = said.advisory();
        Hit.weaknesses(advisory)
                .forEach(names -> list.add(
                        new Hit(names, advisory, fixedIn, said.affected().standing())));
    }

    Optional<SetAside> setAside(Hits.Group group, Finding finding) {
        if (group.standing() == Standing.INFORMATIONAL) {
            return Optional.of(new SetAside(
                    finding, SetAside.Why.INFORMATIONAL, finding.advisories().getFirst(), finding.summary()));
        }
        return by(exempted, group, finding, SetAside.Why.DISTRIBUTOR_NOT_AFFECTED)
                .or(() -> by(mendedInStream, group, finding, SetAside.Why.FIXED_IN_STREAM));
    }

    private static Optional<SetAside> by(List<Hit> said, Hits.Group group, Finding finding, SetAside.Why why) {
        return said.stream()
                .filter(hit -> hit.names().stream().anyMatch(group.names()::contains))
                .findFirst()
                .map(hit -> new SetAside(finding, why, hit.advisory().id(), ""));
    }
}
