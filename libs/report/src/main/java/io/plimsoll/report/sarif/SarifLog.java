package io.plimsoll.report.sarif;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.kernel.Source;
import io.plimsoll.report.JsonReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One run of SARIF 2.1.0, written result by result as they come; same results, same bytes. Memory: the rules, and sixteen bytes
 * and a count for each result.
 *
 * <ul>
 *   <li>Places are relative to {@code %SRCROOT%}, the folder the command ran in; absolute paths are {@code file:} addresses.
 *   <li>What stands in no file is placed at {@code %SRCROOT%} itself, since some consumers refuse a whole log for one result
 *       without a place: it is missing from everything below.
 *   <li>The fingerprint {@code plimsollObject/v1} is SHA-256 over rule and object, and the result's number among equals; neither
 *       file, line, message nor the order of fields counts, so moving a manifest keeps the history of its alerts.
 * </ul>
 */
public final class SarifLog {

    /** Writes the members of a {@code properties} object. */
    @FunctionalInterface
    public interface Properties {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * What paths are relative to.
     *
     * @param id its name in the log
     * @param description in a sentence
     * @param uri where it is; empty where that depends on who reads the log
     * @param isWhole whether absolute paths are within it too, as those of an image are
     */
    public record Root(String id, String description, String uri, boolean isWhole) {

        /** The folder that the command ran in. */
        public static final Root SOURCES =
                new Root("%SRCROOT%", "The folder that paths were given relative to.", "", false);
    }

    /** Where what stands in no file is placed. */
    private static final String EVERYTHING = ".";

    private final JsonGenerator json;
    private final Root root;
    private final Map<String, Integer> index = new HashMap<>();
    private final Map<String, SarifRule> rules = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();

    /** @param out is flushed at the end, never closed */
    public SarifLog(Writer out, List<SarifRule> rules) throws IOException {
        this(out, rules, Root.SOURCES);
    }

    /** As with the other, of paths in something else than sources. */
    public SarifLog(Writer out, List<SarifRule> rules, Root root) throws IOException {
        this.root = root;
        json = JsonFactory.builder().build().createGenerator(out);
        json.setPrettyPrinter(JsonReport.spacing());
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "plimsoll");
        json.writeArrayFieldStart("rules");
        for (SarifRule rule : rules) {
            index.put(rule.id(), index.size());
            this.rules.put(rule.id(), rule);
            rule(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("originalUriBaseIds");
        json.writeObjectFieldStart(root.id());
        if (!root.uri().isEmpty()) {
            json.writeStringField("uri", root.uri());
        }
        text("description", root.description());
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("results");
    }

    /** @throws IllegalArgumentException when its rule is not among the log's */
    public void result(SarifResult result) throws IOException {
        SarifRule rule = rules.get(result.rule());
        if (rule == null) {
            throw new IllegalArgumentException("a result of no rule: " + result.rule());
        }
        boolean fail = result.kind() == SarifResult.Kind.FAIL;
        json.writeStartObject();
        json.writeStringField("ruleId", rule.id());
        json.writeNumberField("ruleIndex", index.getOrDefault(rule.id(), -1));
        json.writeStringField("kind", fail ? "fail" : "open");
        // Section 3.27.10: what is not a failure has no level.
        json.writeStringField("level", fail ? rule.level() : "none");
        text("message", result.message());
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        physical(result.source());
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField("name", result.object().substring(result.object().lastIndexOf('/') + 1));
        json.writeStringField("fullyQualifiedName", result.object());
        json.writeStringField("kind", result.objectKind());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("plimsollObject/v1", fingerprint(result));
        json.writeEndObject();
        if (result.waiver() != null) {
            json.writeArrayFieldStart("suppressions");
            json.writeStartObject();
            json.writeStringField("kind", "external");
            json.writeStringField("status", "accepted");
            json.writeStringField("justification", result.waiver());
            json.writeEndObject();
            json.writeEndArray();
        }
        if (result.baseline() != null) {
            json.writeStringField("baselineState", result.baseline().name().toLowerCase(Locale.ROOT));
        }
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> each : result.properties().entrySet()) {
            if (!each.getValue().isEmpty()) {
                json.writeStringField(each.getKey(), each.getValue());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** After the last result. */
    public void end(Properties ofTheRun) throws IOException {
        json.writeEndArray();
        finish(ofTheRun);
    }

    /**
     * As {@link #end(Properties)}, with how it went (section 3.20).
     *
     * @param whole whether all was looked at
     * @param notRead what was not, a sentence each
     */
    public void end(boolean whole, List<String> notRead, Properties ofTheRun) throws IOException {
        json.writeEndArray();
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", whole);
        json.writeArrayFieldStart("toolExecutionNotifications");
        for (String each : notRead) {
            json.writeStartObject();
            json.writeStringField("level", "warning");
            text("message", each);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        finish(ofTheRun);
    }

    private void finish(Properties ofTheRun) throws IOException {
        json.writeObjectFieldStart("properties");
        ofTheRun.write(json);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw("\n");
        json.flush();
    }

    private void rule(SarifRule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("name", rule.name());
        text("shortDescription", rule.title());
        text("fullDescription", rule.description());
        text("help", rule.help());
        if (rule.page() != null) {
            json.writeStringField("helpUri", rule.page().toString());
        }
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", rule.level());
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        if (rule.severity() != null) {
            json.writeStringField("severity", rule.severity().slug());
        }
        if (!rule.securitySeverity().isEmpty()) {
            json.writeStringField("security-severity", rule.securitySeverity());
        }
        json.writeArrayFieldStart("tags");
        for (String tag : rule.tags()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void text(String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private void physical(Source source) throws IOException {
        boolean placed = !source.file().isEmpty() && !source.file().equals("-");
        String file = source.file();
        String uri = placed ? uri(root.isWhole() ? file.replaceFirst("^/+", "") : file) : EVERYTHING;
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", uri);
        if (!uri.startsWith("file:")) {
            json.writeStringField("uriBaseId", root.id());
        }
        json.writeEndObject();
        if (placed && source.line() > 0) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", source.line());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** A path as a relative reference of RFC 3986, or a {@code file:} address where it is absolute. */
    static String uri(String file) {
        String path = file.startsWith("./") ? file.substring(2) : file;
        StringBuilder uri = new StringBuilder(path.startsWith("/") ? "file://" : "");
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "-._~/!$&'()*+,;=@".indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return uri.toString();
    }

    private String fingerprint(SarifResult result) {
        String hash;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(result.rule().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(result.object().getBytes(StandardCharsets.UTF_8));
            hash = HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        return hash + ":" + seen.merge(hash, 1, Integer::sum);
    }
}
