package io.plimsoll.cli.scan;

import static io.plimsoll.cli.scan.Terminal.shown;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.match.Exploitation;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.Freshness;
import io.plimsoll.scanning.match.PackageAnswer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is known against an image, for people. */
record AnswerTable(PrintStream out) {

    void print(Answered answered) {
        List<Answered.Row> rows = answered.rows();
        // Said first: nothing of what follows is whole for a system that nobody mends any more.
        answered.answer()
                .notices()
                .forEach(gap -> out.println("END OF LIFE: " + shown(gap.detail())
                        + "; what was found since is not known to anybody's feed"));
        out.println("Known    " + summary(answered, rows));
        feeds(answered);
        if (!rows.isEmpty()) {
            out.println();
            out.printf(
                    "%-8s %-20s %-44s %-22s %-20s %s%n",
                    "SEVERITY", "VULNERABILITY", "PACKAGE", "VERSION", "FIXED IN", "NOTE");
            rows.forEach(this::row);
        }
        asides(answered.asides());
        gaps(answered);
    }

    private static String summary(Answered answered, List<Answered.Row> rows) {
        long exploited = rows.stream()
                .filter(row -> row.finding().exploitation() instanceof Exploitation.Known)
                .count();
        long unknown = answered.answer().packages().stream()
                .filter(pack -> !pack.gaps().isEmpty())
                .count();
        String notKnown = unknown == 0 ? "" : "; UNKNOWN for " + unknown + " packages, see below";
        if (rows.isEmpty()) {
            return switch (answered.answer().outcome()) {
                case FOUND, NOTHING_KNOWN, JUDGED_WITH_OWNER -> "nothing, and every package was looked for" + notKnown;
                case UNKNOWN ->
                    answered.answer().packages().isEmpty()
                            ? "UNKNOWN: no package was found, so nothing could be looked for"
                            : "UNKNOWN: nothing was found, and not everything could be looked for" + notKnown;
            };
        }
        Map<Severity, Long> rated = new EnumMap<>(Severity.class);
        rows.forEach(row -> row.finding().severity().ifPresent(severity -> rated.merge(severity, 1L, Long::sum)));
        List<String> parts = new ArrayList<>();
        rated.forEach((severity, count) -> parts.add(count + " " + severity.slug()));
        long unrated =
                rows.size() - rated.values().stream().mapToLong(Long::longValue).sum();
        if (unrated > 0) {
            parts.add(unrated + " unrated");
        }
        if (exploited > 0) {
            parts.add(exploited + " known to be exploited");
        }
        long packages = rows.stream().map(Answered.Row::pack).distinct().count();
        return rows.size() + " weaknesses in " + packages + " packages: " + String.join(", ", parts) + notKnown;
    }

    private void feeds(Answered answered) {
        Freshness freshness = answered.freshness();
        if (answered.feeds().isEmpty()) {
            out.println("Feeds    none");
            return;
        }
        String states = answered.feeds().stream()
                .map(feed -> feed.name() + " " + state(feed, freshness))
                .collect(Collectors.joining(", "));
        out.println("Feeds    " + shown(states));
    }

    private static String state(FeedState feed, Freshness freshness) {
        return switch (freshness.of(feed)) {
            case CURRENT -> feed.age(freshness.asOf()).toDays() + "d";
            case STALE -> "STALE " + feed.age(freshness.asOf()).toDays() + "d";
            case INCOMPLETE -> "INCOMPLETE";
            case EMPTY -> "EMPTY";
        };
    }

    private void row(Answered.Row row) {
        Finding finding = row.finding();
        var pack = row.pack().pack();
        out.printf(
                "%-8s %-20s %-44s %-22s %-20s %s%n",
                finding.severity().map(Severity::slug).orElse("unrated"),
                shown(finding.vulnerability()),
                shown(pack.purl().fullName()),
                shown(pack.fullVersion()),
                finding.fixedIn().map(Terminal::shown).orElse("-"),
                note(row.pack(), finding));
    }

    private static String note(PackageAnswer pack, Finding finding) {
        List<String> notes = new ArrayList<>();
        switch (finding.exploitation()) {
            case Exploitation.Known known ->
                notes.add("EXPLOITED (KEV " + known.row().added() + (known.row().ransomware() ? ", ransomware)" : ")"));
            case Exploitation.NotListed notListed -> {}
            case Exploitation.Unknown unknown -> notes.add("exploitation unknown");
        }
        finding.likelihood()
                .ifPresent(one -> notes.add(String.format(Locale.ROOT, "EPSS %.1f%%", one.probability() * 100)));
        if (finding.standing() != Standing.AFFECTED) {
            notes.add(finding.standing().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        var places = pack.pack().occurrences();
        notes.add(shown(places.getFirst().path()) + (places.size() > 1 ? " and " + (places.size() - 1) + " more" : ""));
        return String.join("; ", notes);
    }

    private void asides(List<Answered.Aside> asides) {
        if (asides.isEmpty()) {
            return;
        }
        out.println();
        out.println("NOT COUNTED: " + asides.size());
        for (Answered.Aside aside : asides) {
            String detail = aside.setAside().detail();
            out.printf(
                    "  %-20s %-44s %-22s by %s%s%n",
                    shown(aside.setAside().finding().vulnerability()),
                    shown(aside.pack().pack().purl().fullName()),
                    aside.setAside().why().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    shown(aside.setAside().by()),
                    detail.isEmpty() ? "" : ": " + shown(detail));
        }
    }

    private void gaps(Answered answered) {
        var answer = answered.answer();
        if (!answer.hasGaps() && answer.gaps().isEmpty()) {
            return;
        }
        out.println();
        out.println("NOT KNOWN");
        answer.gapCounts().forEach((reason, packages) -> {
            String example = answer.packages().stream()
                    .flatMap(pack -> pack.gaps().stream())
                    .filter(gap -> gap.reason() == reason)
                    .findFirst()
                    .map(gap -> gap.detail())
                    .orElse("");
            out.printf("  %-22s %5d packages  %s (%s)%n", reason.slug(), packages, reason.settledBy(), shown(example));
        });
        answer.gaps()
                .forEach(gap -> out.printf(
                        "  %-22s %s  %s%n",
                        gap.reason().slug(), shown(gap.detail()), gap.reason().settledBy()));
    }
}
