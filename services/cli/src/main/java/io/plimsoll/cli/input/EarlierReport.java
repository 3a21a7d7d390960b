package io.plimsoll.cli.input;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.report.FindingKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** An earlier JSON report, as far as a later assessment is compared with it. */
public final class EarlierReport {

    private final Value root;

    private EarlierReport(Value root) {
        this.root = root;
    }

    /** @throws UsageProblem where it is no report */
    public static EarlierReport read(Path file) {
        Value root;
        try (InputStream in = Files.newInputStream(file)) {
            root = SingleDocument.read(file.toString(), in);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("the earlier report cannot be used: " + e.getMessage());
        } catch (IOException e) {
            throw new UsageProblem(file + ": no such file, or not readable");
        }
        if (root.items("scopes").isEmpty()) {
            throw new UsageProblem(file + ": no report of plimsoll assess --format json (it has no scopes)");
        }
        return new EarlierReport(root);
    }

    /** The states of its gates by scope, then by gate; what is inherited is left out, it is said where it comes from. */
    public Map<String, Map<String, String>> gates() {
        Map<String, Map<String, String>> states = new TreeMap<>();
        for (Value scope : root.items("scopes")) {
            Map<String, String> gates = new TreeMap<>();
            for (Value gate : scope.items("gates")) {
                if (!gate.hasKey("inheritedFrom")) {
                    gates.put(gate.text("id"), gate.text("status"));
                }
            }
            states.put(scope.text("scope"), gates);
        }
        return states;
    }

    /** The state of each finding. */
    public Map<FindingKey, EvidenceState> findings() {
        Map<FindingKey, EvidenceState> states = new HashMap<>();
        for (Value finding : root.items("findings")) {
            Value subject = finding.at("subject");
            states.put(
                    new FindingKey(
                            finding.text("control"),
                            subject.text("cluster"),
                            subject.text("namespace"),
                            subject.text("kind"),
                            subject.text("name"),
                            subject.text("container")),
                    finding.text("status").equals(EvidenceState.WAIVED.name())
                            ? EvidenceState.WAIVED
                            : EvidenceState.FAIL);
        }
        return states;
    }
}
