package io.plimsoll.report.html;

import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.gate.GateResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page: where it stands, what holds the next stage, every scope, every gate, findings by control, what could not be seen. One file;
 * a content policy in it forbids scripts and anything fetched. Same input, same bytes. Bounded: of each list the first are shown and
 * the rest is counted.
 */
public final class HtmlReport {

    private static final int COVERAGE_MAX = 100;
    private static final String EXEMPTION = "exemption";
    private static final String STYLE = style();

    private final AssessmentResult result;
    private final ScopeAssessment organisation;
    private final Html html;
    private final Ladder ladder;
    private final GateTable gates;

    private HtmlReport(AssessmentResult result, Writer out) {
        this.result = result;
        this.organisation = result.organisation();
        this.html = new Html(out);
        this.ladder = new Ladder(html);
        this.gates = new GateTable(html);
    }

    /** @param out is flushed, never closed; UTF-8 is what the page says of itself */
    public static void write(AssessmentResult result, Writer out) throws IOException {
        new HtmlReport(result, out).page();
        out.flush();
    }

    private void page() throws IOException {
        html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Plimsoll report</title>\n<style>\n");
        html.markup(STYLE).markup("</style>\n</head>\n<body>\n").markup(Ladder.PATTERNS);
        headline();
        html.markup("<main>\n");
        next();
        scopes();
        section("gates", "Gates of the organisation");
        gates.write(organisation);
        html.markup("</section>\n");
        section("findings", "Findings (" + result.findings().size() + ")");
        new FindingGroups(html).write(result.findings());
        html.markup("</section>\n");
        unknowns();
        coverage();
        html.markup("</main>\n");
        footer();
        html.markup("</body>\n</html>\n");
    }

    private void section(String id, String title) throws IOException {
        html.open("section", "id", id, "aria-labelledby", id + "-title").line();
        html.element("h2", title, "id", id + "-title");
    }

    private void headline() throws IOException {
        Verdict verdict = Verdict.of(organisation);
        html.markup("<header>\n<p class=\"brand\"><svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\">"
                + "<circle cx=\"16\" cy=\"16\" r=\"10\"></circle><line x1=\"1\" y1=\"16\" x2=\"31\" y2=\"16\"></line></svg>"
                + " Plimsoll</p>\n");
        html.markup("<h1>")
                .open("span", "class", "verdict " + verdict.word())
                .text(verdict.title())
                .close("span");
        html.text(": freeboard " + Figures.freeboard(organisation)).markup("</h1>\n");
        html.element("p", verdict.meaning() + ".", "class", "meaning");
        html.markup("<div class=\"hero\">\n");
        ladder.large(organisation);
        html.markup("<dl class=\"figures\">\n");
        figure("Security, proven", Integer.toString(organisation.security().low()));
        figure("Security, possible", Integer.toString(organisation.security().high()));
        figure(
                "Adoption, shown",
                Integer.toString(organisation.adoption().band().low()));
        figure(
                "Adoption, possible",
                Integer.toString(organisation.adoption().band().high()));
        figure("Freeboard", Figures.freeboard(organisation));
        figure("Placement", Integer.toString(organisation.placement()));
        html.markup("</dl>\n</div>\n");
        html.markup("<p class=\"legend\"><span class=\"key proven\"></span> security proven "
                + "<span class=\"key possible\"></span> security possible "
                + "<span class=\"key water\"></span> water: adoption, the load</p>\n");
        html.markup("<nav aria-label=\"Sections\"><a href=\"#next\">What next</a> <a href=\"#scopes\">Scopes</a> "
                + "<a href=\"#gates\">Gates</a> <a href=\"#findings\">Findings</a> "
                + "<a href=\"#unknowns\">Unknowns</a> <a href=\"#coverage\">Not seen</a></nav>\n</header>\n");
    }

    private void figure(String term, String value) throws IOException {
        html.markup("<div>")
                .open("dt")
                .text(term)
                .close("dt")
                .open("dd")
                .text(value)
                .close("dd")
                .markup("</div>\n");
    }

    private void next() throws IOException {
        section("next", "What next");
        html.markup("<div class=\"columns\">\n<div>\n");
        int blocked = organisation.security().high() + 1;
        List<GateResult> blockers = of(blocked, EvidenceState.FAIL);
        if (blockers.isEmpty()) {
            html.element("h3", "No gate has failed");
            html.element("p", "Nothing that was seen holds a stage back.");
        } else {
            html.element("h3", "What holds stage " + blocked);
            html.markup("<ul>\n");
            for (GateResult gate : blockers) {
                gate(
                        gate,
                        gate.clauses().stream()
                                .filter(clause -> clause.state() == EvidenceState.FAIL)
                                .map(clause -> Figures.holds(clause) + ", "
                                        + Figures.percent(clause.clause().threshold()) + " needed")
                                .reduce("", (all, one) -> all.isEmpty() ? one : all + "; " + one));
            }
            html.markup("</ul>\n");
        }
        html.markup("</div>\n<div>\n");
        int unproven = organisation.security().low() + 1;
        List<GateResult> open = of(unproven, EvidenceState.UNKNOWN);
        if (!open.isEmpty()) {
            html.element("h3", "To prove stage " + unproven + ", settle");
            html.markup("<ul>\n");
            for (GateResult gate : open) {
                gate(gate, Figures.settledBy(gate));
            }
            html.markup("</ul>\n");
        }
        html.markup("</div>\n<div>\n");
        List<Adoption.Reasoned> reasons = organisation.adoption().reasons();
        if (!reasons.isEmpty()) {
            html.element("h3", "Why this adoption");
            html.markup("<ul>\n");
            for (Adoption.Reasoned reason : reasons) {
                html.element(
                        "li",
                        "Stage " + reason.stage() + (reason.shown() ? ", shown: " : ", possible: ") + reason.text());
            }
            html.markup("</ul>\n");
        }
        html.markup("</div>\n</div>\n</section>\n");
    }

    private List<GateResult> of(int stage, EvidenceState state) {
        return organisation.gates().stream()
                .filter(gate -> gate.gate().stage() == stage
                        && gate.state() == state
                        && !gate.gate().advice())
                .toList();
    }

    private void gate(GateResult gate, String more) throws IOException {
        html.markup("<li><strong>")
                .text(gate.gate().id())
                .markup("</strong> ")
                .text(gate.gate().question());
        html.markup("<br><span class=\"more\">").text(more).markup("</span></li>\n");
    }

    private void scopes() throws IOException {
        section("scopes", "Scopes");
        if (result.scopes().size() == 1) {
            html.element("p", "Nothing below the organisation was seen.");
        }
        new ScopeSections(html, ladder, gates).write(result.scopes());
        html.markup("</section>\n");
    }

    /** Unknown gates of the organisation by what settles them: one connector settles many. */
    private void unknowns() throws IOException {
        section("unknowns", "Unknowns, and what settles them");
        Map<String, List<GateResult>> bySettling = new LinkedHashMap<>();
        for (GateResult gate : organisation.gates()) {
            if (gate.state() == EvidenceState.UNKNOWN) {
                bySettling
                        .computeIfAbsent(Figures.settledBy(gate), by -> new ArrayList<>())
                        .add(gate);
            }
        }
        if (bySettling.isEmpty()) {
            html.element("p", "No gate of the organisation is unknown.");
        } else {
            html.markup("<div class=\"wide\"><table>\n");
            html.element("caption", "What would settle the unknown gates of the organisation");
            html.markup("<thead><tr><th scope=\"col\">Settle by</th><th scope=\"col\">Gates</th>"
                    + "<th scope=\"col\">Subjects not known</th></tr></thead><tbody>\n");
            for (Map.Entry<String, List<GateResult>> each : bySettling.entrySet()) {
                html.markup("<tr>")
                        .open("th", "scope", "row")
                        .text(each.getKey())
                        .close("th")
                        .markup("<td>");
                for (GateResult gate : each.getValue()) {
                    html.markup("<div>")
                            .text(gate.gate().id() + " (stage " + gate.gate().stage() + ") "
                                    + gate.gate().question());
                    html.markup("</div>");
                }
                int subjects = each.getValue().stream()
                        .flatMap(gate -> gate.clauses().stream())
                        .mapToInt(clause -> clause.counts().unknown())
                        .max()
                        .orElse(0);
                html.markup("</td><td class=\"figure\">")
                        .text(Integer.toString(subjects))
                        .markup("</td></tr>\n");
            }
            html.markup("</tbody></table></div>\n");
        }
        html.markup("</section>\n");
    }

    private void coverage() throws IOException {
        section("coverage", "What could not be seen");
        html.element(
                "p",
                "Registries, scans, people, response and compliance live outside manifests: see the unknowns. Neither good nor bad.");
        gaps("Not seen, not read, or read otherwise than its author may think", false);
        gaps("Exempt, as its component needs", true);
        html.markup("</section>\n");
    }

    private void gaps(String caption, boolean exempt) throws IOException {
        List<Coverage> gaps = result.coverage().stream()
                .filter(gap -> gap.kind().equals(EXEMPTION) == exempt)
                .toList();
        if (gaps.isEmpty()) {
            return;
        }
        html.markup("<div class=\"wide\"><table>\n");
        html.element("caption", caption);
        html.markup("<thead><tr><th scope=\"col\">Kind</th><th scope=\"col\">What</th><th scope=\"col\">Where</th>"
                + "</tr></thead><tbody>\n");
        for (Coverage gap : gaps.subList(0, Math.min(COVERAGE_MAX, gaps.size()))) {
            html.markup("<tr><td>")
                    .text(gap.kind().replace('-', ' '))
                    .markup("</td><td>")
                    .text(gap.text());
            html.markup("</td><td><code>").text(gap.source().toString()).markup("</code></td></tr>\n");
        }
        html.markup("</tbody></table></div>\n");
        if (gaps.size() > COVERAGE_MAX) {
            html.element(
                    "p",
                    "... and " + (gaps.size() - COVERAGE_MAX) + " more; --format json lists all.",
                    "class",
                    "rest");
        }
    }

    private void footer() throws IOException {
        html.markup("<footer>\n<p>");
        html.text("Model " + result.model().id() + " " + result.model().version()
                + (result.asOf() == null ? ", no clock given" : ", as of " + result.asOf()) + ".");
        html.markup("<br>Snapshot <code>").text(result.snapshot()).markup("</code>");
        html.markup("<br>Model digest <code>").text(result.model().digest()).markup("</code></p>\n");
        html.element(
                "p",
                "Security proven: the highest stage whose every gate is held. Possible: the highest with no gate failed."
                        + " Adoption shown: by facts seen; possible: by facts requested or suggested. Freeboard: security minus"
                        + " adoption, at worst and at best; negative means overloaded. Placement: the smaller of both when possible.");
        html.markup("</footer>\n");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
