package io.plimsoll.cli.network;

import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.ExplanationText;
import io.plimsoll.segmentation.reach.Exposure;
import io.plimsoll.segmentation.reach.Exposures;
import io.plimsoll.segmentation.reach.Focus;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The answer of {@code plimsoll connections}, as rows and as text. */
final class ConnectionsReport {

    private final Reachability reachability;
    private final Focus focus;
    private final boolean explain;
    private final boolean exposure;
    private final boolean summary;

    ConnectionsReport(Reachability reachability, Focus focus, boolean explain, boolean exposure, boolean summary) {
        this.reachability = reachability;
        this.focus = focus;
        this.explain = explain;
        this.exposure = exposure;
        this.summary = summary;
    }

    Reachability reachability() {
        return reachability;
    }

    Focus focus() {
        return focus;
    }

    /** Whether a workload is asked for, be it as the other end. */
    boolean draws(Endpoint workload) {
        return focus.workloads().isEmpty() || focus.workloads().stream().anyMatch(workload::isNamed);
    }

    boolean explains() {
        return explain;
    }

    boolean exposes() {
        return exposure;
    }

    boolean isSummary() {
        return summary;
    }

    /** What is asked for, certain or not. */
    Stream<Connection> connections() {
        return Stream.concat(reachability.connections(), reachability.brought())
                .flatMap(connection -> focus.of(connection).stream());
    }

    /** Each direction's exposure of the workloads asked for. */
    Stream<Exposure> exposures(Exposures exposures, Direction direction) {
        return exposures.in(direction, focus.ports()).filter(each -> focus.covers(each.workload(), direction));
    }

    void csv(Output out) {
        if (summary) {
            Summary.of(reachability).forEach((name, value) -> out.line(name + "," + value));
            return;
        }
        out.line("src,dst,conn");
        list(connection -> out.line(connection.csv()));
    }

    void txt(Output out) {
        if (summary) {
            Summary.of(reachability).forEach((name, value) -> out.line(name + ": " + value));
            return;
        }
        if (explain) {
            ExplanationText.lines(reachability.explanations(focus)).forEach(out::line);
        } else {
            list(connection ->
                    out.line(connection.source() + " => " + connection.destination() + " : " + connection.ports()));
        }
        if (exposure) {
            exposure(out);
        }
    }

    /** Rows with something certain; how many depend on what is not known is said aside. */
    private void list(Consumer<Connection> row) {
        long[] uncertain = new long[1];
        connections().forEach(connection -> {
            if (!connection.ports().isEmpty()) {
                row.accept(connection);
            }
            uncertain[0] += connection.uncertain().isEmpty() ? 0 : 1;
        });
        if (uncertain[0] > 0) {
            AnalysisOptions.warn(uncertain[0] + " pair(s) have ports of which it is not known whether they pass;"
                    + " see --format json or --explain");
        }
    }

    private void exposure(Output out) {
        Exposures exposures = reachability.exposures();
        out.line("");
        out.line("Exposure Analysis Result:");
        for (Direction direction : List.of(Direction.EGRESS, Direction.INGRESS)) {
            List<Exposure> found = exposures(exposures, direction).toList();
            if (!found.isEmpty()) {
                out.line(direction.type() + " Exposure:");
                String arrow = direction == Direction.EGRESS ? " \t=> \t" : " \t<= \t";
                found.forEach(each -> out.line(each.workload() + arrow + each.peer() + " : " + each.portsText()));
                out.line("");
            }
        }
        List<String> open = Stream.of(Direction.EGRESS, Direction.INGRESS)
                .flatMap(direction -> unprotected(exposures, direction)
                        .map(workload -> workload + " is not protected on " + direction.type()))
                .sorted()
                .toList();
        if (!open.isEmpty()) {
            out.line("Workloads not protected by network policies:");
            open.forEach(out::line);
        }
    }

    Stream<Endpoint> unprotected(Exposures exposures, Direction direction) {
        return exposures.unprotected(direction).filter(workload -> focus.covers(workload, direction));
    }
}
