package io.plimsoll.cli.network;

import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Connections as they are drawn: peers in boxes by namespace, and lines between them. Where all of one box reach all of another alike, or so
 * many do that lines would hide each other, one line between the boxes stands for them.
 *
 * @param boxes by namespace; what is outside the cluster in front
 * @param lines between peers, or between boxes
 */
record Picture(List<Box> boxes, List<Line> lines, double width, double height) {

    /** More lines between peers of two boxes than this become one between the boxes. */
    static final int LINES_MAX = 24;

    private static final String OUTSIDE = "";
    private static final double ROW = 20;
    private static final double GAP = 34;
    private static final double COLUMN_GAP = 90;
    private static final double PADDING = 12;
    private static final double TITLE = 22;
    private static final double LETTER = 6.3;
    private static final int LETTERS_MAX = 44;
    private static final double PAGE_MAX = 1700;
    private static final double PAGE_MIN = 700;

    /** Width to height of what boxes cover, lines between them included. */
    private static final double SHAPE = 3.5;

    /** Of the legend. */
    private static final double WIDTH_MIN = 660;

    /** Somewhere on the page. */
    record Area(double x, double y, double width, double height) {}

    /** A peer, with the name that fits. */
    record Node(String name, String shown, Area area) {}

    /** The peers of a namespace; of what is outside where the name is empty. */
    record Box(String namespace, Area area, List<Node> nodes) {
        String title() {
            return namespace.equals(OUTSIDE) ? "outside the cluster" : namespace;
        }
    }

    /**
     * One connection, or many between two boxes.
     *
     * @param from of the peer, or of the box; so {@code to}
     * @param text for people
     * @param certain whether it certainly passes
     * @param pairs how many it stands for
     * @param source the peer, empty for a line between boxes; so {@code destination}
     */
    record Line(
            Area from,
            Area to,
            String text,
            boolean certain,
            int pairs,
            String namespace,
            String source,
            String destination) {}

    /** @param everyone peers that are drawn though nothing connects them */
    static Picture of(List<Connection> connections, Set<Endpoint> everyone) {
        Map<String, TreeSet<String>> peers = new TreeMap<>();
        Map<String, String> namespaces = new LinkedHashMap<>();
        Set<Endpoint> ends = new LinkedHashSet<>(everyone);
        connections.forEach(each -> {
            ends.add(each.source());
            ends.add(each.destination());
        });
        for (Endpoint end : ends) {
            peers.computeIfAbsent(namespace(end), unused -> new TreeSet<>()).add(end.toString());
            namespaces.put(end.toString(), namespace(end));
        }
        double page = page(peers);
        List<Box> boxes = new ArrayList<>();
        double x = PADDING;
        double y = PADDING;
        double tallest = 0;
        double width = 0;
        for (Map.Entry<String, TreeSet<String>> entry : peers.entrySet()) {
            Area size = size(entry.getKey(), List.copyOf(entry.getValue()));
            if (x > PADDING && x + size.width() > page) {
                x = PADDING;
                y += tallest + GAP;
                tallest = 0;
            }
            boxes.add(box(entry.getKey(), List.copyOf(entry.getValue()), x, y, size));
            x += size.width() + GAP;
            tallest = Math.max(tallest, size.height());
            width = Math.max(width, x);
        }
        return new Picture(
                boxes, lines(connections, boxes, namespaces), Math.max(width, WIDTH_MIN), y + tallest + PADDING);
    }

    /** How wide rows of boxes get: few of them stand above each other rather than all in one row, which every line would cross. */
    private static double page(Map<String, TreeSet<String>> peers) {
        double covered = 0;
        for (Map.Entry<String, TreeSet<String>> entry : peers.entrySet()) {
            Area size = size(entry.getKey(), List.copyOf(entry.getValue()));
            covered += size.width() * size.height();
        }
        return Math.clamp(Math.sqrt(covered * SHAPE), PAGE_MIN, PAGE_MAX);
    }

    private static String namespace(Endpoint end) {
        return end instanceof Endpoint.OfWorkload workload ? workload.id().namespace() : OUTSIDE;
    }

    private static int rows(int peers) {
        return Math.max(1, (int) Math.ceil(Math.sqrt(peers * 3.0)));
    }

    private static double column(String namespace, List<String> names) {
        int letters = names.stream()
                .mapToInt(name -> shown(namespace, name).length())
                .max()
                .orElse(1);
        return letters * LETTER + PADDING;
    }

    private static Area size(String namespace, List<String> names) {
        int rows = Math.min(rows(names.size()), names.size());
        int columns = (names.size() + rows - 1) / rows;
        double inner = columns * column(namespace, names) + (columns - 1) * COLUMN_GAP;
        return new Area(
                0,
                0,
                Math.max(inner, namespace.length() * LETTER + PADDING) + 2 * PADDING,
                TITLE + rows * (ROW + 6) + PADDING);
    }

    private static Box box(String namespace, List<String> names, double x, double y, Area size) {
        int rows = Math.min(rows(names.size()), names.size());
        double column = column(namespace, names);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            nodes.add(new Node(
                    names.get(i),
                    shown(namespace, names.get(i)),
                    new Area(
                            x + PADDING + i / rows * (column + COLUMN_GAP),
                            y + TITLE + i % rows * (ROW + 6),
                            column,
                            ROW)));
        }
        return new Box(namespace, new Area(x, y, size.width(), size.height()), nodes);
    }

    /** Without the namespace, which the box says. */
    private static String shown(String namespace, String name) {
        String own = name.startsWith(namespace + "/") ? name.substring(namespace.length() + 1) : name;
        String plain = own.replace("[External]", "");
        return plain.length() > LETTERS_MAX ? plain.substring(0, LETTERS_MAX - 1) + "…" : plain;
    }

    private static List<Line> lines(List<Connection> connections, List<Box> boxes, Map<String, String> namespaces) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        Map<String, Box> byNamespace = new LinkedHashMap<>();
        for (Box box : boxes) {
            byNamespace.put(box.namespace(), box);
            box.nodes().forEach(node -> nodes.put(node.name(), node));
        }
        Map<List<String>, List<Connection>> between = new LinkedHashMap<>();
        for (Connection each : connections) {
            List<String> pair = List.of(
                    namespaces.getOrDefault(each.source().toString(), OUTSIDE),
                    namespaces.getOrDefault(each.destination().toString(), OUTSIDE));
            between.computeIfAbsent(pair, unused -> new ArrayList<>()).add(each);
        }
        List<Line> lines = new ArrayList<>();
        between.forEach((pair, some) -> {
            Box from = byNamespace.get(pair.get(0));
            Box to = byNamespace.get(pair.get(1));
            if (from != null && to != null) {
                add(some, from, to, nodes, lines);
            }
        });
        return lines;
    }

    private static void add(List<Connection> some, Box from, Box to, Map<String, Node> nodes, List<Line> lines) {
        long all = (long) from.nodes().size() * to.nodes().size()
                - (from.equals(to) ? from.nodes().size() : 0);
        boolean alike = some.stream()
                        .map(each -> List.of(each.ports(), each.uncertain()))
                        .distinct()
                        .count()
                == 1;
        if (some.size() > 1 && some.size() == all && alike) {
            lines.add(between(from, to, some, "all to all: " + ports(some.getFirst())));
        } else if (some.size() > LINES_MAX) {
            lines.add(between(
                    from,
                    to,
                    some,
                    some.size() + " of " + all + " pairs" + (alike ? ": " + ports(some.getFirst()) : "")));
        } else {
            for (Connection each : some) {
                Node source = nodes.get(each.source().toString());
                Node destination = nodes.get(each.destination().toString());
                if (source != null && destination != null) {
                    lines.add(new Line(
                            source.area(),
                            destination.area(),
                            each.source() + " => " + each.destination() + " : " + ports(each),
                            !each.ports().isEmpty(),
                            1,
                            from.namespace(),
                            source.name(),
                            destination.name()));
                }
            }
        }
    }

    private static Line between(Box from, Box to, List<Connection> some, String text) {
        boolean certain = some.stream().anyMatch(each -> !each.ports().isEmpty());
        String whole = from.title() + " => " + to.title() + ", " + text;
        return new Line(from.area(), to.area(), whole, certain, some.size(), from.namespace(), "", "");
    }

    private static String ports(Connection connection) {
        PortSet ports = connection.ports();
        if (connection.uncertain().isEmpty()) {
            return ports.toString();
        }
        return (ports.isEmpty() ? "" : ports + ", ") + "not certain: " + connection.uncertain();
    }
}
