package io.plimsoll.cli.network;

import io.plimsoll.segmentation.reach.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A picture as SVG that needs nothing else: no script, no font, no address. */
final class SvgPicture {

    /** With so few lines there is room for the ports beside them. */
    private static final int LABELS_MAX = 40;

    private static final int LABEL_MAX = 24;

    private static final String STYLE = """
            text{font:11px sans-serif;fill:#222}
            .title{font-weight:bold}
            .box{fill:#f6f7f9;stroke:#9aa3ad}
            .node{fill:#fff;stroke:#5b6673}
            .line{fill:none;stroke-width:1.2;stroke-opacity:.75}
            .many{stroke-width:3;stroke-opacity:.5}
            .maybe{stroke-dasharray:5 4}
            .line:hover{stroke-opacity:1;stroke-width:4}
            .ports{font-size:9px;fill:#444;stroke:#fff;stroke-width:3px;paint-order:stroke}
            """;

    private SvgPicture() {}

    static void write(ConnectionsReport report, Output out) {
        out.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        write(picture(report), out);
    }

    static Picture picture(ConnectionsReport report) {
        Set<Endpoint> everyone = report.reachability().workloads().stream()
                .map(workload -> new Endpoint.OfWorkload(workload.id()))
                .filter(report::draws)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return Picture.of(report.connections().toList(), everyone);
    }

    /** The element alone. */
    static void write(Picture picture, Output out) {
        double width = width(picture);
        out.line(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
                        + " height=\"%.0f\">",
                width,
                picture.height() + 30,
                width,
                picture.height() + 30));
        out.line("<title>Who may reach whom</title>");
        out.line("<style>" + STYLE + "</style>");
        out.line(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                        + " markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#444\"/></marker></defs>");
        // Frames, then lines, then peers: a line that crosses a peer must not cross out its name.
        picture.boxes().forEach(box -> frame(box, out));
        boolean labels = picture.lines().size() <= LABELS_MAX;
        Map<Picture.Area, Integer> labelled = new HashMap<>();
        picture.lines().forEach(line -> write(line, out));
        picture.boxes().forEach(box -> peers(box, out));
        if (labels) {
            Set<String> said = new HashSet<>();
            for (Picture.Line line : picture.lines()) {
                if (line.pairs() == 1 && said.add(line.to() + ports(line))) {
                    label(line, labelled.merge(line.to(), 1, Integer::sum), out);
                }
            }
        }
        out.line(String.format(
                Locale.ROOT,
                "<text x=\"12\" y=\"%.0f\">thin: one pair; thick: many pairs of two namespaces; dashed: not certain. The"
                        + " ports are in the tip of each line.</text>",
                picture.height() + 18));
        out.line("</svg>");
    }

    /** With what bows out beyond the boxes. */
    private static double width(Picture picture) {
        return picture.lines().stream()
                .mapToDouble(line -> Curve.between(line.from(), line.to()).right() + 8)
                .reduce(picture.width(), Math::max);
    }

    private static void frame(Picture.Box box, Output out) {
        out.line("<g class=\"ns\" data-ns=\"" + Xml.escaped(box.namespace()) + "\">" + rectangle(box.area(), "box")
                + text(box.area().x() + 12, box.area().y() + 15, "title", box.title()) + "</g>");
    }

    private static void peers(Picture.Box box, Output out) {
        for (Picture.Node node : box.nodes()) {
            out.line("<g class=\"peer\" data-name=\"" + Xml.escaped(node.name()) + "\"><title>"
                    + Xml.escaped(node.name())
                    + "</title>" + rectangle(node.area(), "node")
                    + text(node.area().x() + 6, node.area().y() + 14, "", node.shown()) + "</g>");
        }
    }

    private static String rectangle(Picture.Area area, String style) {
        return String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\"/>",
                style,
                area.x(),
                area.y(),
                area.width(),
                area.height());
    }

    private static String text(double x, double y, String style, String text) {
        return String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", style, x, y) + Xml.escaped(text)
                + "</text>";
    }

    private static void write(Picture.Line line, Output out) {
        Curve curve = Curve.between(line.from(), line.to());
        String style = "line" + (line.pairs() > 1 ? " many" : "") + (line.certain() ? "" : " maybe");
        out.line("<path class=\"" + style + "\" data-from=\"" + Xml.escaped(line.source()) + "\" data-to=\""
                + Xml.escaped(line.destination()) + "\" d=\"" + curve.path() + "\" stroke=\"" + colour(line.namespace())
                + "\" marker-end=\"url(#tip)\"><title>" + Xml.escaped(line.text()) + "</title></path>");
    }

    private static String ports(Picture.Line line) {
        int colon = line.text().lastIndexOf(": ");
        return colon < 0 ? line.text() : line.text().substring(colon + 2);
    }

    /** The ports where lines to a peer arrive, each once, one below the other; lines between boxes say theirs in their tip. */
    private static void label(Picture.Line line, int place, Output out) {
        Curve curve = Curve.between(line.from(), line.to());
        String ports = ports(line);
        String shown = ports.length() > LABEL_MAX ? ports.substring(0, LABEL_MAX - 1) + "…" : ports;
        double left = curve.toTheRight() ? curve.endX() - 12 - shown.length() * 4.6 : curve.endX() + 10;
        out.line(text(left, curve.endY() - 12 + 9.0 * place, "ports", shown));
    }

    /** The same for all that comes from one namespace. */
    private static String colour(String namespace) {
        int hue = Math.floorMod(namespace.hashCode() * 47, 360);
        return namespace.isEmpty() ? "#b3261e" : "hsl(" + hue + ",60%,38%)";
    }

    /**
     * From one area to another, bowed so that lines both ways can be told apart.
     *
     * @param right no point of it lies beyond
     */
    private record Curve(String path, double right, double endX, double endY, boolean toTheRight) {

        static Curve between(Picture.Area from, Picture.Area to) {
            boolean right = to.x() >= from.x() + from.width();
            boolean left = to.x() + to.width() <= from.x();
            double startX = left ? from.x() : from.x() + from.width();
            double startY = from.y() + from.height() * 0.4;
            double endX = right ? to.x() : to.x() + to.width();
            double endY = to.y() + to.height() * 0.6;
            double bow = right || left ? Math.max(24, Math.abs(endX - startX) / 3) : 34 + Math.abs(endY - startY) / 8;
            double one = startX + (left ? -bow : bow);
            double two = endX + (right ? -bow : bow);
            return new Curve(
                    String.format(
                            Locale.ROOT,
                            "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
                            startX,
                            startY,
                            one,
                            startY,
                            two,
                            endY,
                            endX,
                            endY),
                    Math.max(Math.max(startX, endX), Math.max(one, two)),
                    endX,
                    endY,
                    right);
        }
    }
}
