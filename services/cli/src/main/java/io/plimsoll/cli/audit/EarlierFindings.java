package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.ParserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What failed in an earlier report, {@code json} or {@code jsonl}, and how this one differs. The same control failing for the
 * same object is the same finding, whatever field decides.
 */
final class EarlierFindings {

    /** Most findings compared; a report of more is refused. */
    private static final int FINDINGS_MAX = 2_000_000;

    private final SortedSet<String> earlier = new TreeSet<>();
    private final SortedSet<String> fresh = new TreeSet<>();
    private final Set<String> met = new TreeSet<>();

    /** @throws UsageProblem where it is no report of an audit */
    static EarlierFindings read(Path file) {
        EarlierFindings findings = new EarlierFindings();
        try (JsonParser json = new JsonFactory().createParser(Files.newBufferedReader(file))) {
            if (!findings.read(json)) {
                throw new UsageProblem(file + ": no report of plimsoll audit --format json or jsonl");
            }
        } catch (JsonProcessingException e) {
            throw new UsageProblem(
                    file + ":" + e.getLocation().getLineNr() + ": no report of plimsoll audit --format json or jsonl: "
                            + ParserMessage.of(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UsageProblem(file + ": no such file, or not readable");
        }
        return findings;
    }

    /** Objects are told by their fields: a finding has a control and a status, and its object may be one inside it. */
    private boolean read(JsonParser json) throws IOException {
        boolean report = false;
        Deque<Map<String, String>> open = new ArrayDeque<>();
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                open.push(new HashMap<>());
            } else if (token == JsonToken.VALUE_STRING && !open.isEmpty() && json.currentName() != null) {
                open.element().put(json.currentName(), json.getText());
            } else if (token == JsonToken.END_OBJECT) {
                Map<String, String> fields = open.pop();
                boolean finding = fields.containsKey("control") && fields.containsKey("status");
                report |= finding || "plimsoll.audit/v1".equals(fields.get("format"));
                if (finding && EvidenceState.FAIL.name().equals(fields.get("status"))) {
                    add(key(
                            fields.getOrDefault("control", ""),
                            fields.getOrDefault("namespace", ""),
                            fields.getOrDefault("kind", ""),
                            fields.getOrDefault("name", "")));
                } else if (!finding && open.size() == 2) {
                    open.element().putAll(fields);
                }
            }
        }
        return report;
    }

    private void add(String key) {
        if (earlier.size() >= FINDINGS_MAX) {
            throw new UsageProblem("the earlier report has more than " + FINDINGS_MAX + " findings");
        }
        earlier.add(key);
    }

    void count(Finding finding) {
        if (finding.state() == EvidenceState.FAIL) {
            String key = key(
                    finding.control().id(),
                    finding.object().namespace(),
                    finding.object().kind(),
                    finding.object().name());
            (earlier.contains(key) ? met : fresh).add(key);
        }
    }

    private static String key(String control, String namespace, String kind, String name) {
        return control + "  " + (namespace.isEmpty() ? "" : namespace + "/") + kind + "/" + name;
    }

    /** Control and object of what fails now and did not. */
    SortedSet<String> fresh() {
        return fresh;
    }

    /** Control and object of what failed and does not, or is not there any more. */
    SortedSet<String> gone() {
        SortedSet<String> gone = new TreeSet<>(earlier);
        gone.removeAll(met);
        return gone;
    }

    int before() {
        return met.size();
    }
}
