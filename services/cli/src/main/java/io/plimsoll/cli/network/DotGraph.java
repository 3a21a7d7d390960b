package io.plimsoll.cli.network;

import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Connections in the language of Graphviz, a box for each namespace. */
final class DotGraph {

    private DotGraph() {}

    static void write(ConnectionsReport report, Output out) {
        List<Connection> connections = report.connections()
                .filter(connection -> !connection.ports().isEmpty())
                .toList();
        Map<String, Set<String>> byNamespace = new TreeMap<>();
        connections.forEach(connection -> List.of(connection.source(), connection.destination())
                .forEach(end -> byNamespace
                        .computeIfAbsent(namespace(end), unused -> new TreeSet<>())
                        .add(end.toString())));
        out.line("digraph {");
        byNamespace.forEach((namespace, ends) -> {
            if (!namespace.isEmpty()) {
                out.line("\tsubgraph " + quoted("cluster_" + namespace) + " {");
                out.line("\t\tlabel=" + quoted(namespace));
            }
            ends.forEach(end -> out.line("\t\t" + quoted(end)));
            if (!namespace.isEmpty()) {
                out.line("\t}");
            }
        });
        connections.forEach(
                connection -> out.line("\t" + quoted(connection.source().toString()) + " -> "
                        + quoted(connection.destination().toString()) + " [label="
                        + quoted(connection.ports().toString()) + "]"));
        out.line("}");
    }

    private static String namespace(Endpoint end) {
        return end instanceof Endpoint.OfWorkload workload ? workload.id().namespace() : "";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
