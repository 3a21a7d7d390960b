package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.audit.framework.FrameworkReport;
import io.plimsoll.audit.framework.ScopedReports;
import io.plimsoll.kernel.EvidenceState;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A framework's report for people: one line for each of its ids, and what is not measured. */
final class FrameworkTable {

    private FrameworkTable() {}

    static void write(ScopedReports reports, Writer out) throws IOException {
        FrameworkReport report = reports.whole();
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
        out.write("  " + sum + "\n");
        for (Map.Entry<ScopedReports.Scope, FrameworkReport> each :
                reports.namespaces().entrySet()) {
            namespace(each.getKey(), each.getValue(), out);
        }
        out.write("\n");
        out.flush();
    }

    /** One line: how many ids stand how, and which are broken. */
    private static void namespace(ScopedReports.Scope scope, FrameworkReport report, Writer out) throws IOException {
        Map<FrameworkReport.Standing, Integer> sums = new EnumMap<>(FrameworkReport.Standing.class);
        List<String> broken = new ArrayList<>();
        for (FrameworkReport.Row row : report.rows()) {
            sums.merge(row.standing(), 1, Integer::sum);
            if (row.standing() == FrameworkReport.Standing.BROKEN) {
                broken.add(row.entry().id());
            }
        }
        StringBuilder line = new StringBuilder("  namespace ")
                .append(scope.cluster().isEmpty() ? "" : scope.cluster() + "/")
                .append(scope.namespace())
                .append(": ");
        String separator = "";
        for (Map.Entry<FrameworkReport.Standing, Integer> each : sums.entrySet()) {
            line.append(separator).append(each.getValue()).append(' ').append(word(each.getKey()));
            if (each.getKey() == FrameworkReport.Standing.BROKEN) {
                line.append(" (").append(String.join(", ", broken)).append(')');
            }
            separator = ", ";
        }
        out.write(line.append('\n').toString());
    }

    static void json(ScopedReports reports, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("framework");
        json.writeStringField("id", reports.whole().framework().id());
        json.writeStringField("title", reports.whole().framework().title());
        json.writeStringField("version", reports.whole().framework().version());
        json.writeBooleanField("reviewBeforeUse", reports.whole().framework().reviewBeforeUse());
        json.writeArrayFieldStart("scopes");
        scope(new ScopedReports.Scope("", ""), reports.whole(), json);
        for (Map.Entry<ScopedReports.Scope, FrameworkReport> each :
                reports.namespaces().entrySet()) {
            scope(each.getKey(), each.getValue(), json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void scope(ScopedReports.Scope scope, FrameworkReport report, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        JsonLines.text(json, "cluster", scope.cluster());
        JsonLines.text(json, "namespace", scope.namespace());
        json.writeArrayFieldStart("entries");
        for (FrameworkReport.Row row : report.rows()) {
            json.writeStartObject();
            json.writeStringField("id", row.entry().id());
            json.writeStringField("title", row.entry().title());
            json.writeStringField("standing", word(row.standing()));
            JsonLines.text(json, "why", row.entry().notMeasured());
            json.writeArrayFieldStart("controls");
            for (String control : row.controls()) {
                json.writeString(control);
            }
            json.writeEndArray();
            json.writeNumberField("fail", row.counts().getOrDefault(EvidenceState.FAIL, 0));
            json.writeNumberField("pass", row.counts().getOrDefault(EvidenceState.PASS, 0));
            json.writeNumberField("unknown", row.counts().getOrDefault(EvidenceState.UNKNOWN, 0));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String word(FrameworkReport.Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
