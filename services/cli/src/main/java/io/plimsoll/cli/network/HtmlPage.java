package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page in one file: the picture, a list to filter, and the reasons of each pair. It loads nothing and runs one script, whose digest it
 * names, so that nothing in a manifest can add another.
 */
final class HtmlPage {

    /** Reasons are in the page for so many pairs; with more, for those alone on which something passes. */
    private static final int EXPLAINED_MAX = 60_000;

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private HtmlPage() {}

    static void write(ConnectionsReport report, Output out) throws IOException {
        String script = resource("connections.js");
        out.line("<!DOCTYPE html>");
        out.line("<html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';"
                + " script-src 'sha256-" + digest(script) + "'\">");
        out.line("<meta name=\"viewport\" content=\"width=device-width\"><title>Who may reach whom</title>");
        out.line("<style>" + resource("connections.css") + "</style></head><body>");
        out.line("<header><h1>Who may reach whom</h1><label>Filter <input id=\"filter\" type=\"search\""
                + " placeholder=\"name, namespace or port\"></label><label><input id=\"maybe\" type=\"checkbox\" checked>"
                + " with what is not certain</label><span id=\"count\"></span></header>");
        out.line("<p>" + Xml.escaped(foundation(report)) + "</p>");
        out.line("<main><section id=\"picture\">");
        SvgPicture.write(SvgPicture.picture(report), out);
        out.line("</section><aside><h2>Connections</h2><div id=\"list\"></div><h2>Why</h2><div id=\"why\">Choose a"
                + " connection, or two peers: <select id=\"from\"></select> to <select id=\"to\"></select><div"
                + " id=\"reasons\"></div></div></aside></main>");
        // In a script element nothing but "<" could end it, or begin another.
        out.line("<script type=\"application/json\" id=\"data\">" + data(report).replace("<", "\\u003c") + "</script>");
        out.line("<script>" + script + "</script></body></html>");
    }

    private static String foundation(ConnectionsReport report) {
        String partial = report.reachability().coverage().partial().isEmpty()
                ? ""
                : "; found and not analysed: "
                        + report.reachability().coverage().partial()
                        + ", what they could change is not certain";
        return report.reachability().coverage().analysed() + " policies analysed" + partial
                + ". A network plugin that enforces policies is assumed.";
    }

    private static String data(ConnectionsReport report) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("connections");
            for (Connection each : report.connections().toList()) {
                row(json, each.source().toString(), each.destination().toString());
                json.writeString(each.ports().isEmpty() ? "" : each.ports().toString());
                json.writeString(
                        each.uncertain().isEmpty() ? "" : each.uncertain().toString());
                json.writeEndArray();
            }
            json.writeEndArray();
            explanations(report, json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void row(JsonGenerator json, String source, String destination) throws IOException {
        json.writeStartArray();
        json.writeString(source);
        json.writeString(destination);
    }

    private static void explanations(ConnectionsReport report, JsonGenerator json) throws IOException {
        long workloads = report.reachability().workloads().size();
        boolean all = workloads * workloads <= EXPLAINED_MAX;
        Map<String, Integer> causes = new LinkedHashMap<>();
        json.writeBooleanField("all", all);
        json.writeArrayFieldStart("explanations");
        List<Explanation> explained = new ArrayList<>();
        report.reachability()
                .explanations(report.focus())
                .filter(each ->
                        all || each.pieces().stream().anyMatch(piece -> piece.outcome() != Explanation.Outcome.DENIED))
                .limit(2L * EXPLAINED_MAX)
                .forEach(explained::add);
        for (Explanation each : explained) {
            row(json, each.source().toString(), each.destination().toString());
            for (Explanation.Piece piece : each.pieces()) {
                json.writeStartArray();
                json.writeString(piece.outcome().name());
                json.writeString(piece.ports().toString());
                json.writeNumber(number(piece.egress(), "egress", causes));
                json.writeNumber(number(piece.ingress(), "ingress", causes));
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("causes");
        for (String cause : causes.keySet()) {
            json.writeString(cause);
        }
        json.writeEndArray();
    }

    /** Few causes stand behind many pairs: each is written once. */
    private static int number(Explanation.Cause cause, String side, Map<String, Integer> causes) {
        StringBuilder text = new StringBuilder(side);
        if (cause.isDefault()) {
            text.append(": no policy selects the pods");
        }
        for (Reason reason : cause.reasons()) {
            text.append("\n").append(reason.title()).append(": ").append(words(reason.effect()));
            if (!reason.detail().isEmpty()) {
                text.append(", ").append(reason.detail());
            }
        }
        int next = causes.size();
        return causes.computeIfAbsent(text.toString(), unused -> next);
    }

    private static String words(Reason.Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("a part of the program is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String digest(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }
}
