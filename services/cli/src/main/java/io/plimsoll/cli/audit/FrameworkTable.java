package io.plimsoll.cli.audit;

import io.plimsoll.audit.framework.FrameworkReport;
import io.plimsoll.kernel.EvidenceState;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** A framework's report for people: one line for each of its ids, and what is not measured. */
final class FrameworkTable {

    private FrameworkTable() {}

    static void write(FrameworkReport report, Writer out) throws IOException {
        out.write(report.framework().title() + ", " + report.framework().version() + "\n");
        if (report.framework().reviewBeforeUse()) {
            out.write(
                    "REVIEW BEFORE USE: which control answers which requirement is our reading; have an assessor confirm it.\n");
        }
        Map<FrameworkReport.Standing, Integer> sums = new EnumMap<>(FrameworkReport.Standing.class);
        for (FrameworkReport.Row row : report.rows()) {
            sums.merge(row.standing(), 1, Integer::sum);
            String standing = word(row.standing());
            String counts = row.counts().isEmpty()
                    ? ""
                    : "  " + row.counts().getOrDefault(EvidenceState.FAIL, 0) + " FAIL, "
                            + row.counts().getOrDefault(EvidenceState.PASS, 0) + " PASS, "
                            + row.counts().getOrDefault(EvidenceState.UNKNOWN, 0) + " UNKNOWN";
            out.write("  " + pad(row.entry().id(), 10) + pad(standing, 14)
                    + row.entry().title() + counts
                    + (row.entry().notMeasured().isEmpty()
                            ? ""
                            : "  (" + row.entry().notMeasured() + ")")
                    + (row.controls().isEmpty() ? "" : "  [" + String.join(", ", row.controls()) + "]") + "\n");
        }
        StringBuilder sum = new StringBuilder();
        sums.forEach((standing, count) ->
                sum.append(sum.isEmpty() ? "" : ", ").append(count).append(' ').append(word(standing)));
        out.write("  " + sum + "\n\n");
        out.flush();
    }

    private static String word(FrameworkReport.Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
