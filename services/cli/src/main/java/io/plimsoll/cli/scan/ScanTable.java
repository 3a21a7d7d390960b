package io.plimsoll.cli.scan;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.sbom.BillOfMaterials;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for people. */
record ScanTable(PrintStream out) {

    void print(ImageReport report) {
        var catalogue = report.catalogue();
        out.println("Image    " + shown(report.name().isEmpty() ? "(unnamed)" : report.name())
                + report.digest().map(digest -> "  " + digest).orElse(""));
        out.println("System   "
                + catalogue
                        .distribution()
                        .map(said -> said.prettyName().isEmpty() ? said.qualifier() : shown(said.prettyName()))
                        .orElse("not said"));
        out.println("Layers   " + report.layers().size() + ", " + catalogue.files() + " files, " + catalogue.archives()
                + " Java archives");
        packages(catalogue.packages());
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

    void print(BillOfMaterials bill) {
        out.println("Bill     " + shown(bill.format()) + (bill.tools().isEmpty() ? "" : " by " + shown(bill.tools())));
        out.println("Subject  " + (bill.subject().isEmpty() ? "not said" : shown(bill.subject())));
        packages(bill.packages());
        bill.problems().forEach(problem -> out.println("  ! " + shown(problem)));
        out.flush();
    }

    private void packages(List<Package> packages) {
        Map<String, Long> counts =
                packages.stream().collect(Collectors.groupingBy(ScanTable::kind, TreeMap::new, Collectors.counting()));
        out.println("Packages " + packages.size()
                + (counts.isEmpty()
                        ? ""
                        : counts.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(Collectors.joining(", ", ": ", ""))));
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

    /** What an image says must not steer a terminal. */
    private static String shown(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
