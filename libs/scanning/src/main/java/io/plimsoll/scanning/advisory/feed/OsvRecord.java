package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.VersionRange;
import io.plimsoll.scanning.advisory.VersionRange.Event;
import io.plimsoll.scanning.advisory.VersionRange.Kind;
import io.plimsoll.scanning.advisory.VersionRange.Turn;
import io.plimsoll.scanning.document.Node;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One record of the OSV schema (1.7, ossf.github.io/osv-schema), with the particulars of the databases that publish in it. */
final class OsvRecord {

    private OsvRecord() {}

    /** @throws IllegalArgumentException saying what is wrong with it */
    static Advisory read(Node record, FeedLimits limits) {
        String id = record.text("id");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("no id");
        }
        List<Node> published = record.get("affected").items();
        if (published.size() > limits.affectedMax()) {
            throw new IllegalArgumentException("more than " + limits.affectedMax() + " affected packages");
        }
        List<Affected> affected = new ArrayList<>();
        Optional<Cvss> score = score(record.get("severity"));
        for (Node one : published) {
            if (one.get("package").isMembers()) {
                affected.add(affected(one, record));
            }
            if (score.isEmpty()) {
                score = score(one.get("severity"));
            }
        }
        return new Advisory(
                id,
                texts(record.get("aliases")),
                texts(record.get("upstream")),
                summary(record),
                severity(record, score),
                score.map(Cvss::tenths).orElse(-1),
                score.map(Cvss::vector).orElse(""),
                instant(record.text("modified")).or(() -> instant(record.text("published"))),
                !record.text("withdrawn").isEmpty(),
                affected);
    }

    private static String summary(Node record) {
        String summary = record.text("summary");
        if (!summary.isEmpty()) {
            return summary.strip();
        }
        String details = record.text("details").strip();
        int end = details.indexOf('\n');
        return end < 0 ? details : details.substring(0, end);
    }

    /** The highest of the vectors: databases list several versions of CVSS, and some repeat one. */
    private static Optional<Cvss> score(Node severities) {
        Optional<Cvss> best = Optional.empty();
        for (Node severity : severities.items()) {
            Optional<Cvss> read =
                    severity.text("type").startsWith("CVSS") ? Cvss.of(severity.text("score")) : Optional.empty();
            if (read.isPresent()
                    && (best.isEmpty() || read.get().tenths() > best.get().tenths())) {
                best = read;
            }
        }
        return best;
    }

    private static Optional<Severity> severity(Node record, Optional<Cvss> score) {
        for (Node severity : record.get("severity").items()) {
            if (severity.text("type").equals("Ubuntu")) {
                return SeverityWord.of(severity.text("score"));
            }
        }
        return SeverityWord.of(record.get("database_specific").text("severity"))
                .or(() -> score.flatMap(found -> Cvss.rating(found.tenths())));
    }

    private static Affected affected(Node one, Node record) {
        Ecosystem ecosystem = Ecosystem.of(one.get("package").text("ecosystem"));
        String name = one.get("package").text("name");
        List<VersionRange> ranges = new ArrayList<>();
        for (Node range : one.get("ranges").items()) {
            range(range).ifPresent(ranges::add);
        }
        List<String> versions = texts(one.get("versions"));
        String npmRange = one.get("database_specific").text("vulnerable_versions");
        if (ranges.isEmpty() && versions.isEmpty() && ecosystem.base().equals("npm") && !npmRange.isEmpty()) {
            // The Node.js working group's database kept npm's own notation.
            ranges.addAll(ComparatorRange.parse(npmRange));
        }
        return new Affected(ecosystem, ecosystem.canonicalName(name), standing(one, record), ranges, versions, "");
    }

    private static Standing standing(Node one, Node record) {
        String urgency = one.get("ecosystem_specific").text("urgency");
        if (urgency.equals("end-of-life")) {
            return Standing.END_OF_LIFE;
        }
        boolean harmless = SeverityWord.isHarmless(urgency)
                || SeverityWord.isHarmless(one.get("ecosystem_specific").text("priority"))
                || record.get("severity").items().stream()
                        .anyMatch(severity -> severity.text("type").equals("Ubuntu")
                                && SeverityWord.isHarmless(severity.text("score")));
        if (harmless) {
            return Standing.UNIMPORTANT;
        }
        return one.get("database_specific").text("informational").isEmpty()
                ? Standing.AFFECTED
                : Standing.INFORMATIONAL;
    }

    private static Optional<VersionRange> range(Node range) {
        Kind kind =
                switch (range.text("type")) {
                    case "SEMVER" -> Kind.SEMVER;
                    case "ECOSYSTEM" -> Kind.ECOSYSTEM;
                    case "GIT" -> Kind.GIT;
                    default -> throw new IllegalArgumentException("a range of type \"" + range.text("type") + "\"");
                };
        List<Event> events = new ArrayList<>();
        for (Node event : range.get("events").items()) {
            event.members().forEach((turn, version) -> events.add(new Event(turn(turn), version.text())));
        }
        return events.isEmpty() ? Optional.empty() : Optional.of(new VersionRange(kind, events));
    }

    private static Turn turn(String word) {
        return switch (word) {
            case "introduced" -> Turn.INTRODUCED;
            case "fixed" -> Turn.FIXED;
            case "last_affected" -> Turn.LAST_AFFECTED;
            case "limit" -> Turn.LIMIT;
            default -> throw new IllegalArgumentException("an event \"" + word + "\"");
        };
    }

    private static List<String> texts(Node list) {
        return list.items().stream()
                .map(Node::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Empty for a text that is no date, and for the zero dates some databases write. */
    static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.parse(text)).filter(OsvRecord::isReal);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isReal(Instant instant) {
        return instant.getEpochSecond() > 0;
    }
}
