package io.plimsoll.cli.audit;

import io.plimsoll.audit.control.Finding;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.EvidenceState;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Mends what one value mends, round by round, as a finding names one field at a time, and audits again after each round. A file
 * whose change makes anything fail that did not fail before is put back as it was.
 */
final class Fixer {

    private static final int ROUNDS_MAX = 50;
    /** Larger files are left alone. */
    private static final long FILE_BYTES_MAX = 8L << 20;

    /** One value written. */
    record Fix(String file, String path, String value, String control) {}

    private final Supplier<List<Finding>> audit;
    private final Set<String> root = new HashSet<>();
    private final Map<Path, String> before = new LinkedHashMap<>();
    private final List<Fix> fixes = new ArrayList<>();
    private final Set<String> impossible = new HashSet<>();

    /**
     * @param audit reads the files anew and returns every finding
     * @param rootByUser of containers that run as user 0 by their own word
     */
    Fixer(Supplier<List<Finding>> audit, List<Finding> rootByUser) {
        this.audit = audit;
        rootByUser.forEach(each -> root.add(each.object() + "/" + each.container()));
    }

    /** {@code runAsNonRoot} beside user 0 is a pod that does not start. */
    private boolean wouldNotStart(Finding finding) {
        return finding.path().endsWith("runAsNonRoot")
                && (root.contains(finding.object() + "/" + finding.container())
                        || root.contains(finding.object() + "/"));
    }

    /** What was written and is proven; nothing when nothing could be mended. */
    List<Fix> run() throws IOException {
        Set<String> failing = failures(audit.get());
        for (int round = 0; round < ROUNDS_MAX && round(audit.get()); round++) {
            // Each round mends the fields that the last one's audit named.
        }
        Set<String> worse = new TreeSet<>(failures(audit.get()));
        worse.removeAll(failing);
        if (!worse.isEmpty()) {
            for (Map.Entry<Path, String> each : before.entrySet()) {
                Files.writeString(each.getKey(), each.getValue());
            }
            throw new UsageProblem("nothing was changed: the fixes would make these fail: " + String.join(", ", worse));
        }
        return List.copyOf(fixes);
    }

    private static Set<String> failures(List<Finding> findings) {
        Set<String> failures = new HashSet<>();
        for (Finding finding : findings) {
            if (finding.state() == EvidenceState.FAIL) {
                failures.add(finding.control().id() + " " + finding.object());
            }
        }
        return failures;
    }

    /** True when something was written. */
    private boolean round(List<Finding> findings) throws IOException {
        boolean written = false;
        Set<String> touched = new HashSet<>();
        for (Finding finding : findings) {
            String place = finding.source().file() + "#" + finding.source().document() + "#" + finding.path();
            boolean fixable = finding.state() == EvidenceState.FAIL
                    && !finding.control().fix().isEmpty()
                    && !finding.path().isEmpty()
                    && !wouldNotStart(finding)
                    && !impossible.contains(place + finding.control().id());
            if (fixable && touched.add(place)) {
                boolean done = fix(finding);
                written |= done;
                // A value that stands there and does not help must not be written again and again.
                impossible.add(place + finding.control().id());
            }
        }
        return written;
    }

    private boolean fix(Finding finding) throws IOException {
        Path file = Path.of(finding.source().file());
        if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
            return false;
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            return false;
        }
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        Optional<String> changed = new YamlPatch(text, json)
                .set(
                        finding.source().document(),
                        finding.object().kind(),
                        finding.object().name(),
                        finding.path(),
                        finding.control().fix());
        if (changed.isEmpty()) {
            return false;
        }
        before.putIfAbsent(file, text);
        Files.writeString(file, changed.get());
        fixes.add(new Fix(
                finding.source().file(),
                finding.path(),
                finding.control().fix(),
                finding.control().id()));
        return true;
    }
}
