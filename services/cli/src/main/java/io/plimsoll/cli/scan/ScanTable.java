package io.plimsoll.cli.scan;

import static io.plimsoll.cli.scan.Terminal.shown;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for people. */
record ScanTable(PrintStream out) {

    /** @param now what ages are counted to */
    void print(Scanned scanned, Instant now) {
        ImageReport report = scanned.report();
        Optional<Answered> answered = scanned.answered();
        LineageTable lineage = new LineageTable(out);
        var catalogue = report.catalogue();
        out.println("Image    " + shown(report.name().isEmpty() ? "(unnamed)" : report.name())
                + report.digest().map(digest -> "  " + digest).orElse(""));
        if (!report.origin().isEmpty()) {
            out.println("Bill     " + shown(report.origin()));
        }
        out.println("System   "
                + catalogue
                        .distribution()
                        .map(said -> said.prettyName().isEmpty() ? said.qualifier() : shown(said.prettyName()))
                        .orElse("not said"));
        if (report.origin().isEmpty()) {
            out.println("Layers   " + report.layers().size() + ", " + catalogue.files() + " files, "
                    + catalogue.archives() + " Java archives");
        }
        lineage.print(report, answered, now);
        scanned.endorsed().ifPresent(lineage::endorsements);
        counts(catalogue.packages());
        lineage.licences(catalogue.packages());
        if (answered.isPresent()) {
            new AnswerTable(out).print(answered.get());
        } else {
            packages(catalogue.packages());
        }
        if (!report.configuration().isEmpty()) {
            out.println();
            out.println("CONFIGURATION");
            report.configuration()
                    .forEach(finding ->
                            out.printf("  %-24s %-16s %s%n", finding.rule(), finding.source(), shown(finding.what())));
        }
        if (!report.secrets().isEmpty()) {
            out.println();
            out.println("SECRETS");
            report.secrets()
                    .forEach(secret -> out.printf(
                            "  %s:%d  %s  %s%n",
                            shown(secret.where()), secret.line(), shown(secret.title()), shown(secret.masked())));
        }
        if (!catalogue.isComplete()) {
            out.println();
            out.println("INCOMPLETE: " + catalogue.incomplete().size() + " parts were not read");
            catalogue.incomplete().stream().limit(20).forEach(part -> out.println("  " + shown(part.toString())));
        }
        out.flush();
    }

    private void counts(List<Package> packages) {
        Map<String, Long> counts =
                packages.stream().collect(Collectors.groupingBy(ScanTable::kind, TreeMap::new, Collectors.counting()));
        out.println("Packages " + packages.size()
                + (counts.isEmpty()
                        ? ""
                        : counts.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(Collectors.joining(", ", ": ", ""))));
    }

    private void packages(List<Package> packages) {
        out.println();
        out.printf("%-13s %-50s %-28s %5s  %s%n", "KIND", "PACKAGE", "VERSION", "LAYER", "FOUND AT");
        for (Package found : packages) {
            Occurrence first = found.occurrences().getFirst();
            int more = found.occurrences().size() - 1;
            out.printf(
                    "%-13s %-50s %-28s %5s  %s%s%n",
                    kind(found),
                    shown(found.purl().fullName()),
                    shown(found.fullVersion()),
                    first.layer() < 0 ? "" : String.valueOf(first.layer()),
                    shown(first.path()),
                    more > 0 ? " and " + more + " more" : "");
        }
    }

    private static String kind(Package found) {
        return found.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
