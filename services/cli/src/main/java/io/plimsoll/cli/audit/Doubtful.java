package io.plimsoll.cli.audit;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects with a key that is given twice. Which of the two counts depends on who reads: strict readers refuse, others take the
 * last. So nothing of such an object passes; what is wrong by the last stays wrong.
 */
final class Doubtful {

    /** How a notice says it, with the line in the file. */
    private static final Pattern TWICE = Pattern.compile("^line (\\d{1,9}): .* is given twice");

    private final Map<Source, String> why = new HashMap<>();

    private Doubtful() {}

    /** @param notices of the reading of the state, and of others */
    static Doubtful of(List<Coverage> notices, ClusterState state) {
        Doubtful doubtful = new Doubtful();
        List<Coverage> twice = notices.stream()
                .filter(each -> each.kind().equals("notice")
                        && TWICE.matcher(each.text()).find())
                .toList();
        if (twice.isEmpty()) {
            return doubtful;
        }
        Map<String, TreeMap<Integer, Source>> beginnings = new HashMap<>();
        for (Resource resource : state.resources()) {
            for (Resource declared : resource.declared()) {
                Source source = declared.source();
                beginnings
                        .computeIfAbsent(source.file(), file -> new TreeMap<>())
                        .put(source.line(), source);
            }
        }
        for (Coverage each : twice) {
            Matcher line = TWICE.matcher(each.text());
            TreeMap<Integer, Source> ofFile = beginnings.get(each.source().file());
            // The last object that begins before it is the one it stands in.
            Map.Entry<Integer, Source> object =
                    ofFile == null || !line.find() ? null : ofFile.floorEntry(Integer.valueOf(line.group(1)));
            if (object != null) {
                doubtful.why.putIfAbsent(object.getValue(), each.text());
            }
        }
        return doubtful;
    }

    Finding of(Finding finding) {
        String twice = finding.state() == EvidenceState.PASS ? why.get(finding.source()) : null;
        return twice == null
                ? finding
                : new Finding(
                        finding.control(),
                        finding.object(),
                        "",
                        EvidenceState.UNKNOWN,
                        Reason.PARTIAL_ANALYSIS,
                        "",
                        "",
                        twice,
                        finding.source());
    }
}
