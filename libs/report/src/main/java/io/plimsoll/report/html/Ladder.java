package io.plimsoll.report.html;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.Band;
import java.io.IOException;
import java.util.List;

/**
 * The ladder of stages as a drawing: the hull is as high as the security stage, solid where proven and hatched where possible; the
 * water is as high as the adoption stage. What of the hull stands out of the water is the freeboard.
 *
 * <pre>
 *   5 |          |
 *   4 |          | - - - - - - adoption possible
 *   3 |  / / / / |
 *   2 |  ####### | ~~~~~~~~~~~ adoption shown
 *   1 |  ####### |
 * </pre>
 */
final class Ladder {

    static final List<String> STAGES = List.of(
            "Learning about containers",
            "Officially sanctioned project",
            "One application in production",
            "Expansion",
            "Organisation-wide adoption");

    /** Drawn once for the page; each ladder refers to it. */
    static final String PATTERNS =
            "<svg width=\"0\" height=\"0\" class=\"defs\" aria-hidden=\"true\" focusable=\"false\"><defs>"
                    + "<pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\""
                    + " patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"8\" height=\"8\"/>"
                    + "<line class=\"hatch-line\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"8\"/></pattern></defs></svg>\n";

    private final Html html;
    private int drawn;

    Ladder(Html html) {
        this.html = html;
    }

    /** With the names of the stages and of the water lines. */
    void large(ScopeAssessment scope) throws IOException {
        draw(scope, new Shape(640, 48, 46, 64, 136, true));
    }

    void small(ScopeAssessment scope) throws IOException {
        draw(scope, new Shape(220, 24, 18, 40, 90, false));
    }

    /**
     * @param width of the drawing; units are pixels at the drawing's own size
     * @param row height of a stage
     * @param left where the water begins, right of the numbers
     * @param hull left side of the hull
     * @param beam width of the hull
     */
    private record Shape(int width, int row, int left, int hull, int beam, boolean named) {

        int top() {
            return row / 2;
        }

        int bottom() {
            return top() + 5 * row;
        }

        /** Height of the upper side of a stage. */
        int y(int stage) {
            return bottom() - stage * row;
        }

        int height() {
            return bottom() + row / 3;
        }
    }

    private void draw(ScopeAssessment scope, Shape shape) throws IOException {
        drawn++;
        String title = "ladder-" + drawn + "-title";
        String description = "ladder-" + drawn + "-description";
        html.open(
                "svg",
                "class",
                shape.named() ? "ladder" : "ladder small",
                "viewBox",
                "0 0 " + shape.width() + " " + shape.height(),
                "role",
                "img",
                "aria-labelledby",
                title + " " + description);
        html.element("title", "Ladder of " + scope.id(), "id", title);
        html.element("desc", told(scope), "id", description);
        stages(scope, shape);
        water(scope.adoption().band(), shape);
        html.close("svg").line();
    }

    /** What the drawing shows, in words. */
    static String told(ScopeAssessment scope) {
        Band security = scope.security();
        Band adoption = scope.adoption().band();
        return "Security stage " + security.low() + " proven, " + security.high() + " possible. Adoption stage "
                + adoption.low() + " shown, " + adoption.high() + " possible. Freeboard " + Figures.freeboard(scope)
                + ".";
    }

    private void stages(ScopeAssessment scope, Shape shape) throws IOException {
        for (int stage = 5; stage >= 1; stage--) {
            int y = shape.y(stage);
            int middle = y + shape.row() / 2;
            line("rung", shape.left(), y + shape.row(), shape.width(), y + shape.row());
            label("number", shape.left() - 12, middle, "end", Integer.toString(stage));
            String plank = stage <= scope.security().low()
                    ? "plank proven"
                    : stage <= scope.security().high() ? "plank possible" : "plank none";
            html.open(
                            "rect",
                            "class",
                            plank,
                            "x",
                            Integer.toString(shape.hull()),
                            "y",
                            Integer.toString(y + 2),
                            "width",
                            Integer.toString(shape.beam()),
                            "height",
                            Integer.toString(shape.row() - 4),
                            "rx",
                            "3")
                    .close("rect");
            if (shape.named()) {
                label("stage", shape.hull() + shape.beam() + 20, middle, "start", STAGES.get(stage - 1));
            }
        }
        html.line();
    }

    private void water(Band adoption, Shape shape) throws IOException {
        int shown = shape.y(adoption.low());
        html.open(
                        "rect",
                        "class",
                        "water",
                        "x",
                        Integer.toString(shape.left()),
                        "y",
                        Integer.toString(shown),
                        "width",
                        Integer.toString(shape.width() - shape.left()),
                        "height",
                        Integer.toString(shape.bottom() - shown))
                .close("rect");
        StringBuilder wave = new StringBuilder("M" + shape.left() + " " + shown);
        for (int x = shape.left(); x < shape.width(); x += 16) {
            wave.append(" q4 -4 8 0 t8 0");
        }
        html.open("path", "class", "waterline", "d", wave.toString()).close("path");
        if (adoption.high() > adoption.low()) {
            int possible = shape.y(adoption.high());
            line("waterline possible", shape.left(), possible, shape.width(), possible);
            if (shape.named()) {
                label("tide", shape.width() - 4, possible + 13, "end", "adoption possible: " + adoption.high());
            }
        }
        if (shape.named()) {
            label("tide", shape.width() - 4, shown + 16, "end", "adoption shown: " + adoption.low());
        }
        html.line();
    }

    private void line(String kind, int x1, int y1, int x2, int y2) throws IOException {
        html.open(
                        "line",
                        "class",
                        kind,
                        "x1",
                        Integer.toString(x1),
                        "y1",
                        Integer.toString(y1),
                        "x2",
                        Integer.toString(x2),
                        "y2",
                        Integer.toString(y2))
                .close("line");
    }

    private void label(String kind, int x, int y, String anchor, String text) throws IOException {
        html.open("text", "class", kind, "x", Integer.toString(x), "y", Integer.toString(y), "text-anchor", anchor)
                .text(text)
                .close("text");
    }
}
