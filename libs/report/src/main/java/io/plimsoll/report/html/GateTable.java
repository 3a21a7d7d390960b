package io.plimsoll.report.html;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;
import java.io.IOException;
import java.util.List;

/** The gates of one scope, by stage: what was asked, how much of it holds, how much must. */
final class GateTable {

    private final Html html;

    GateTable(Html html) {
        this.html = html;
    }

    void write(ScopeAssessment scope) throws IOException {
        html.markup("<div class=\"wide\"><table class=\"gates\">\n");
        html.element("caption", "Gates of " + scope.id());
        html.markup("<thead><tr><th scope=\"col\">Gate</th><th scope=\"col\">Asked</th><th scope=\"col\">State</th>"
                + "<th scope=\"col\">Holds</th><th scope=\"col\">Needed</th><th scope=\"col\">Why</th></tr></thead>\n");
        int stage = 0;
        for (GateResult gate : scope.gates()) {
            if (gate.gate().stage() != stage) {
                html.markup(stage == 0 ? "" : "</tbody>\n");
                stage = gate.gate().stage();
                html.markup("<tbody><tr><th colspan=\"6\" scope=\"rowgroup\">");
                html.text("Stage " + stage + ": " + Ladder.STAGES.get(stage - 1));
                html.markup("</th></tr>\n");
            }
            row(gate);
        }
        html.markup(stage == 0 ? "</table></div>\n" : "</tbody></table></div>\n");
    }

    private void row(GateResult gate) throws IOException {
        html.markup("<tr>");
        html.open("th", "scope", "row").text(gate.gate().id()).close("th");
        html.markup("<td>")
                .text(gate.gate().question())
                .markup(gate.gate().advice() ? " <em>(advice only)</em></td>" : "</td>");
        html.markup("<td>");
        state(gate.state());
        html.markup("</td><td class=\"figure\">");
        List<ClauseResult> clauses = gate.clauses();
        for (ClauseResult clause : clauses) {
            html.open("div").text(Figures.holds(clause));
            bar(clause);
            html.close("div");
        }
        html.markup("</td><td class=\"figure\">");
        for (ClauseResult clause : clauses) {
            html.open("div").text(Figures.percent(clause.clause().threshold())).close("div");
        }
        html.markup("</td><td>").text(why(gate)).markup("</td></tr>\n");
    }

    /** The share that holds, with a mark at the share that must. For the eye only: the figures stand beside it. */
    private void bar(ClauseResult clause) throws IOException {
        if (clause.counts().asked() == 0) {
            return;
        }
        int holds = (int) Math.floor(clause.ratio() * 100);
        int needed = (int) Math.ceil(clause.clause().threshold() * 100);
        html.markup("<svg class=\"bar\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
                .markup("<rect class=\"track\" width=\"100\" height=\"6\"></rect>")
                .open("rect", "class", "share " + word(clause.state()), "width", Integer.toString(holds), "height", "6")
                .close("rect")
                .open(
                        "rect",
                        "class",
                        "needed",
                        "x",
                        Integer.toString(Math.min(needed, 99)),
                        "width",
                        "1",
                        "height",
                        "6")
                .close("rect")
                .close("svg");
    }

    private void state(EvidenceState state) throws IOException {
        html.open("span", "class", "state " + word(state)).text(told(state)).close("span");
    }

    private static String word(EvidenceState state) {
        return switch (state) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case WAIVED -> "waived";
            case NOT_APPLICABLE -> "not-applicable";
            case UNKNOWN -> "unknown";
        };
    }

    private static String told(EvidenceState state) {
        return switch (state) {
            case PASS -> "held";
            case FAIL -> "failed";
            case WAIVED -> "held, waived";
            case NOT_APPLICABLE -> "not applicable";
            case UNKNOWN -> "unknown";
        };
    }

    private static String why(GateResult gate) {
        Reason reason = gate.reason();
        String why = reason == null ? "" : reason.slug().replace('-', ' ');
        String from = gate.inheritedFrom().isEmpty() ? "" : "as answered for " + gate.inheritedFrom();
        return why + (why.isEmpty() || from.isEmpty() ? "" : "; ") + from;
    }
}
