package io.plimsoll.imagescan.flow;

import io.plimsoll.assessment.image.ImageStanding;
import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.match.Exploitation;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.Gap;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known against an image, as it is kept.
 *
 * @param weaknesses worst first, at most {@link #WEAKNESSES_MAX}; those set aside last
 * @param doubt why nothing found would be no answer
 * @param ancestry what it was built on
 * @param listed of the critical weaknesses with a fix those known to be exploited, with the day they were listed
 */
public record Matched(
        List<Weakness> weaknesses,
        Optional<ImageStanding.Doubt> doubt,
        SortedMap<String, LocalDate> listed,
        Ancestry ancestry) {

    /** More of one image are dropped from the end, which the doubt then says. */
    public static final int WEAKNESSES_MAX = 20_000;

    private static final int NOTE_MAX = 500;

    public Matched {
        weaknesses = List.copyOf(weaknesses);
    }

    /** From what matching says. */
    public static Matched of(ImageReport report, ImageAnswer answer) {
        List<Weakness> all = new ArrayList<>();
        SortedMap<String, LocalDate> listed = new TreeMap<>();
        for (PackageAnswer pack : answer.packages()) {
            for (Finding finding : pack.findings()) {
                Weakness weakness = weakness(pack, finding, "", false);
                all.add(weakness);
                if (weakness.isFixableCritical() && finding.exploitation() instanceof Exploitation.Known known) {
                    listed.put(weakness.id(), known.row().added());
                }
            }
            for (SetAside aside : pack.setAside()) {
                all.add(weakness(pack, aside.finding(), note(aside), true));
            }
        }
        all.sort(Comparator.comparing(Weakness::isSetAside)
                .thenComparing(weakness -> !weakness.isExploited())
                .thenComparing(
                        weakness -> weakness.severity().map(Enum::ordinal).orElse(Integer.MAX_VALUE))
                .thenComparing(weakness -> weakness.fixedIn().isEmpty())
                .thenComparing(Weakness::id)
                .thenComparing(Weakness::purl));
        Optional<ImageStanding.Doubt> doubt = doubt(report, answer);
        if (all.size() > WEAKNESSES_MAX) {
            return new Matched(
                    all.subList(0, WEAKNESSES_MAX),
                    Optional.of(new ImageStanding.Doubt.Parts("more than " + WEAKNESSES_MAX + " weaknesses")),
                    listed,
                    Ancestry.of(report, answer));
        }
        return new Matched(all, doubt, listed, Ancestry.of(report, answer));
    }

    /** How many of a severity are counted, each name once. */
    public int count(Severity severity) {
        return (int) counted()
                .filter(weakness -> weakness.severity().filter(severity::equals).isPresent())
                .map(Weakness::id)
                .distinct()
                .count();
    }

    /** How many are counted and have a fix, each name once. */
    public int fixable() {
        return (int) counted()
                .filter(weakness -> !weakness.fixedIn().isEmpty())
                .map(Weakness::id)
                .distinct()
                .count();
    }

    private Stream<Weakness> counted() {
        return weaknesses.stream().filter(weakness -> !weakness.isSetAside());
    }

    private static Weakness weakness(PackageAnswer pack, Finding finding, String note, boolean aside) {
        return new Weakness(
                finding.vulnerability(),
                Stream.concat(finding.aliases().stream(), finding.advisories().stream())
                        .filter(name -> !name.equals(finding.vulnerability()))
                        .distinct()
                        .sorted()
                        .toList(),
                pack.pack().purl().toString(),
                finding.severity(),
                finding.fixedIn().orElse(""),
                finding.exploitation() instanceof Exploitation.Known,
                aside,
                note);
    }

    private static String note(SetAside aside) {
        String note = aside.by() + (aside.detail().isEmpty() ? "" : ": " + aside.detail());
        return note.length() > NOTE_MAX ? note.substring(0, NOTE_MAX) : note;
    }

    private static Optional<ImageStanding.Doubt> doubt(ImageReport report, ImageAnswer answer) {
        if (!report.catalogue().isComplete()) {
            return Optional.of(new ImageStanding.Doubt.Parts(
                    report.catalogue().incomplete().getFirst().toString()));
        }
        Optional<Gap> gap = Stream.concat(
                        answer.notices().stream(), answer.packages().stream().flatMap(pack -> pack.gaps().stream()))
                .filter(each -> each.reason().side() == Gap.Side.FEEDS)
                .findFirst();
        if (gap.isPresent()) {
            return Optional.of(new ImageStanding.Doubt.Feeds(gap.get().reason().slug() + " ("
                    + gap.get().detail() + "): " + gap.get().reason().settledBy()));
        }
        return answer.packages().isEmpty()
                ? Optional.of(new ImageStanding.Doubt.Parts("no package was found in it"))
                : Optional.empty();
    }
}
