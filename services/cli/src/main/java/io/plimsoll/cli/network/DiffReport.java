package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.segmentation.change.Causes;
import io.plimsoll.segmentation.change.Change;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Difference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The answer of {@code plimsoll diff}, in all its forms. */
final class DiffReport {

    private final List<Causes.Explained> differences;
    private final List<Change> changes;

    /** @param differences without causes where nobody asks for them */
    DiffReport(List<Causes.Explained> differences, List<Change> changes) {
        this.differences = differences;
        this.changes = changes;
    }

    /** As the fixtures of other tools have it: no causes. */
    void csv(Output out) {
        out.line("diff-type,source,destination,dir1,dir2,workloads-diff-info");
        for (Causes.Explained explained : differences) {
            Difference each = explained.difference();
            StringJoiner row = new StringJoiner(",");
            row.add(each.type())
                    .add(each.source().toString())
                    .add(each.destination().toString());
            out.line(row.add(cell(ports(each.before(), each.uncertainBefore())))
                    .add(cell(ports(each.after(), each.uncertainAfter())))
                    .add(cell(news(each)))
                    .toString());
        }
    }

    void txt(Output out) {
        out.line("Connectivity diff:");
        for (Causes.Explained explained : differences) {
            Difference each = explained.difference();
            String news = news(each);
            out.line("diff-type: " + each.type() + ", source: " + each.source() + ", destination: "
                    + each.destination() + ", dir1: " + ports(each.before(), each.uncertainBefore()) + ", dir2: "
                    + ports(each.after(), each.uncertainAfter())
                    + (news.isEmpty() ? "" : ", workloads-diff-info: " + news));
            explained.causes().forEach(cause -> out.line("  because: " + text(cause)));
        }
    }

    private static String text(Causes.Cause cause) {
        Change change = cause.change();
        String fields = change.fields().isEmpty() ? "" : " (" + String.join(", ", change.fields()) + ")";
        return change.object() + " " + word(change.kind()) + fields + " [" + change.source() + "], "
                + text(cause.proof());
    }

    private static String text(Causes.Proof proof) {
        return switch (proof) {
            case ALONE -> "alone";
            case TOGETHER -> "together with others";
            case NAMED -> "not tried alone";
        };
    }

    void json(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("changes");
        for (Change change : changes) {
            json.writeStartObject();
            json.writeStringField("object", change.object().toString());
            json.writeStringField("kind", word(change.kind()));
            json.writeArrayFieldStart("fields");
            for (String field : change.fields()) {
                json.writeString(field);
            }
            json.writeEndArray();
            json.writeStringField("source", change.source().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("differences");
        for (Causes.Explained explained : differences) {
            difference(explained, json);
        }
        json.writeEndArray();
    }

    private static void difference(Causes.Explained explained, JsonGenerator json) throws IOException {
        Difference each = explained.difference();
        json.writeStartObject();
        json.writeStringField("type", each.type());
        json.writeStringField("src", each.source().toString());
        json.writeStringField("dst", each.destination().toString());
        json.writeStringField("before", each.before().toString());
        json.writeStringField("after", each.after().toString());
        if (!each.uncertainBefore().isEmpty()) {
            json.writeStringField("uncertainBefore", each.uncertainBefore().toString());
        }
        if (!each.uncertainAfter().isEmpty()) {
            json.writeStringField("uncertainAfter", each.uncertainAfter().toString());
        }
        json.writeStringField("srcNews", each.sourceNews().name());
        json.writeStringField("dstNews", each.destinationNews().name());
        json.writeArrayFieldStart("causes");
        for (Causes.Cause cause : explained.causes()) {
            json.writeStartObject();
            json.writeStringField("object", cause.change().object().toString());
            json.writeStringField("kind", word(cause.change().kind()));
            json.writeStringField("proof", cause.proof().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String word(Change.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What certainly passes, and behind it what may. */
    private static String ports(PortSet allowed, PortSet uncertain) {
        return uncertain.isEmpty() ? allowed.toString() : allowed + " (unknown: " + uncertain + ")";
    }

    private static String news(Difference difference) {
        List<String> news = new ArrayList<>();
        add(news, difference.source().toString(), difference.sourceNews());
        add(news, difference.destination().toString(), difference.destinationNews());
        return news.isEmpty() ? "" : "workload " + String.join(", workload ", news);
    }

    private static void add(List<String> texts, String workload, Difference.News news) {
        switch (news) {
            case NONE -> {}
            case ADDED -> texts.add(workload + " added");
            case REMOVED -> texts.add(workload + " removed");
        }
    }

    private static String cell(String text) {
        return text.indexOf(',') < 0 ? text : '"' + text + '"';
    }
}
