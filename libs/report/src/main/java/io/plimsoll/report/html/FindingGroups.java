package io.plimsoll.report.html;

import io.plimsoll.assessment.Finding;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.SubjectId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings by control: worst first, then the control with the most. */
final class FindingGroups {

    /** Rows of one control; the rest is counted. */
    static final int ROWS_MAX = 20;

    private final Html html;

    FindingGroups(Html html) {
        this.html = html;
    }

    private record Group(Control control, List<Finding> findings) {

        static final Comparator<Group> ORDER = Comparator.comparing(
                        (Group group) -> group.control().severity())
                .thenComparing(group -> -group.findings().size())
                .thenComparing(group -> group.control().id());
    }

    void write(List<Finding> findings) throws IOException {
        Map<String, Group> byControl = new LinkedHashMap<>();
        for (Finding finding : findings) {
            byControl
                    .computeIfAbsent(finding.control().id(), id -> new Group(finding.control(), new ArrayList<>()))
                    .findings()
                    .add(finding);
        }
        List<Group> groups = byControl.values().stream().sorted(Group.ORDER).toList();
        if (groups.isEmpty()) {
            html.element("p", "Nothing that was seen is wrong. What was not seen stands below.");
        }
        for (Group group : groups) {
            group(group);
        }
    }

    private void group(Group group) throws IOException {
        Control control = group.control();
        String severity = control.severity().slug();
        html.open("section", "class", "control", "id", "control-" + control.id())
                .line();
        html.markup("<h3>");
        html.open("span", "class", "severity " + severity).text(severity).close("span");
        html.text(" " + control.title() + " ");
        html.open("span", "class", "count")
                .text(Figures.counted(group.findings().size(), "finding", "findings"))
                .close("span");
        html.markup("</h3>\n");
        html.markup("<p class=\"todo\"><strong>What to do:</strong> ")
                .text(control.remediation())
                .markup("</p>\n");
        html.markup("<div class=\"wide\"><table>\n");
        html.element("caption", "Findings of " + control.id());
        html.markup("<thead><tr><th scope=\"col\">Cluster</th><th scope=\"col\">Namespace</th>"
                + "<th scope=\"col\">Object</th><th scope=\"col\">What is wrong</th><th scope=\"col\">Where</th>"
                + "</tr></thead><tbody>\n");
        List<Finding> shown =
                group.findings().subList(0, Math.min(ROWS_MAX, group.findings().size()));
        for (Finding finding : shown) {
            row(finding.evidence());
        }
        html.markup("</tbody></table></div>\n");
        int rest = group.findings().size() - shown.size();
        if (rest > 0) {
            html.element("p", "... and " + rest + " more; --format json lists all.", "class", "rest");
        }
        html.markup("</section>\n");
    }

    private void row(Evidence evidence) throws IOException {
        SubjectId subject = evidence.subject();
        html.markup("<tr><td>")
                .text(subject.cluster())
                .markup("</td><td>")
                .text(subject.namespace())
                .markup("</td><td>");
        html.text(subject.object() + "/" + subject.name()
                + (subject.container().isEmpty() ? "" : " (" + subject.container() + ")"));
        html.markup("</td><td>");
        if (evidence.state() == EvidenceState.WAIVED) {
            html.markup("<span class=\"state waived\">waived</span> ");
        }
        html.text(evidence.message()).markup("</td><td>");
        if (!evidence.source().file().isEmpty()) {
            html.open("code").text(evidence.source().toString()).close("code");
        }
        if (!evidence.path().isEmpty()) {
            html.markup("<br><code class=\"path\">").text(evidence.path()).markup("</code>");
        }
        html.markup("</td></tr>\n");
    }
}
