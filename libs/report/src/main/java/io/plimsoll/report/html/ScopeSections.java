package io.plimsoll.report.html;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.maturity.model.ScopeKind;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** The scopes below the organisation: teams and clusters drawn, with their gates to unfold; namespaces and applications as rows. */
final class ScopeSections {

    /** Scopes of one kind that are drawn or listed; the rest is counted. */
    static final int DRAWN_MAX = 60;

    static final int LISTED_MAX = 200;

    /** The least freeboard first: who is overloaded leads. */
    private static final Comparator<ScopeAssessment> WORST_FIRST = Comparator.comparing(ScopeAssessment::freeboardHigh)
            .thenComparing(ScopeAssessment::freeboardLow)
            .thenComparing(ScopeAssessment::id);

    private final Html html;
    private final Ladder ladder;
    private final GateTable gates;

    ScopeSections(Html html, Ladder ladder, GateTable gates) {
        this.html = html;
        this.ladder = ladder;
        this.gates = gates;
    }

    void write(List<ScopeAssessment> scopes) throws IOException {
        drawn("Teams", of(scopes, ScopeKind.TEAM));
        drawn("Clusters", of(scopes, ScopeKind.CLUSTER));
        listed("Namespaces", of(scopes, ScopeKind.NAMESPACE));
        listed("Applications", of(scopes, ScopeKind.APPLICATION));
    }

    private static List<ScopeAssessment> of(List<ScopeAssessment> scopes, ScopeKind kind) {
        return scopes.stream()
                .filter(scope -> scope.kind() == kind)
                .sorted(WORST_FIRST)
                .toList();
    }

    private void drawn(String title, List<ScopeAssessment> scopes) throws IOException {
        if (scopes.isEmpty()) {
            return;
        }
        html.element("h3", title);
        html.markup("<div class=\"cards\">\n");
        for (ScopeAssessment scope : scopes.subList(0, Math.min(DRAWN_MAX, scopes.size()))) {
            html.markup("<article class=\"card\">\n");
            html.element("h4", name(scope));
            ladder.small(scope);
            html.markup("<p>Security <strong>")
                    .text(band(scope.security().low(), scope.security().high()));
            html.markup("</strong>, adoption <strong>")
                    .text(band(
                            scope.adoption().band().low(),
                            scope.adoption().band().high()));
            html.markup("</strong><br>")
                    .open("span", "class", "verdict " + Verdict.of(scope).word());
            html.text("freeboard " + Figures.freeboard(scope)).close("span").markup("</p>\n</article>\n");
        }
        html.markup("</div>\n");
        rest(scopes.size() - DRAWN_MAX);
        for (ScopeAssessment scope : scopes.subList(0, Math.min(DRAWN_MAX, scopes.size()))) {
            html.markup("<details><summary>").text("Gates of " + scope.id()).markup("</summary>\n");
            gates.write(scope);
            html.markup("</details>\n");
        }
    }

    private void listed(String title, List<ScopeAssessment> scopes) throws IOException {
        if (scopes.isEmpty()) {
            return;
        }
        html.element("h3", title);
        html.markup("<div class=\"wide\"><table>\n");
        html.element("caption", title + ", the least freeboard first");
        html.markup("<thead><tr><th scope=\"col\">Scope</th><th scope=\"col\">Security proven</th>"
                + "<th scope=\"col\">Security possible</th><th scope=\"col\">Adoption shown</th>"
                + "<th scope=\"col\">Adoption possible</th>"
                + "<th scope=\"col\">Freeboard</th></tr></thead><tbody>\n");
        for (ScopeAssessment scope : scopes.subList(0, Math.min(LISTED_MAX, scopes.size()))) {
            html.markup("<tr>").open("th", "scope", "row").text(name(scope)).close("th");
            figure(scope.security().low());
            figure(scope.security().high());
            figure(scope.adoption().band().low());
            figure(scope.adoption().band().high());
            html.markup("<td class=\"figure\">")
                    .open("span", "class", "verdict " + Verdict.of(scope).word());
            html.text(Figures.freeboard(scope)).close("span").markup("</td></tr>\n");
        }
        html.markup("</tbody></table></div>\n");
        rest(scopes.size() - LISTED_MAX);
    }

    private void rest(int rest) throws IOException {
        if (rest > 0) {
            html.element("p", "... and " + rest + " more; --format json lists all.", "class", "rest");
        }
    }

    private void figure(int stage) throws IOException {
        html.markup("<td class=\"figure\">").text(Integer.toString(stage)).markup("</td>");
    }

    private static String band(int low, int high) {
        return low == high ? Integer.toString(low) : low + " to " + high;
    }

    private static String name(ScopeAssessment scope) {
        return scope.id().substring(scope.id().indexOf('/') + 1);
    }
}
