package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.plimsoll.segmentation.metrics.Bounds;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll blast-radius}: how far trouble in a workload spreads. */
@Command(
        name = "blast-radius",
        mixinStandardHelpOptions = true,
        description = "Says how many workloads each one reaches, in one hop and in any number, and over which hubs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll blast-radius manifests/",
            "  plimsoll blast-radius manifests/ --without-hubs --format json",
            "  plimsoll blast-radius manifests/ --not-through kube-system/,ingress/,monitoring/prometheus",
            "  plimsoll blast-radius manifests/ --of shop/web",
            "",
            "A name is a workload's: db, shop/db, shop/db[StatefulSet]; a namespace's: shop/; or a label=value. Who is not",
            "passed through is still reached. Where something is not known there are two figures: what is certainly",
            "reached, and what may be.",
            "Exit codes: 0 done, 1 nothing usable (or a bad document with --strict), 64 wrong usage, 70 internal fault"
        })
public final class BlastRadiusCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        txt,
        json
    }

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "1..*")
    private List<String> paths = List.of();

    @Option(
            names = "--with",
            paramLabel = "OVERLAY",
            description = "Files or folders laid over the input: what if these were applied.")
    private List<String> overlay = List.of();

    @Option(
            names = "--of",
            paramLabel = "NAME",
            split = ",",
            description = "Only of these workloads, and whom they reach, on which way.")
    private List<String> of = List.of();

    @Option(
            names = "--not-through",
            paramLabel = "NAME",
            split = ",",
            description = "Workloads that trouble does not pass through, though it reaches them.")
    private List<String> notThrough = List.of();

    @Option(names = "--without-hubs", description = "Nor through any of the hubs that are found; they are named.")
    private boolean withoutHubs;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "At most so many workloads, those that reach most (default: all).")
    private int top = Integer.MAX_VALUE;

    @Option(names = "--format", paramLabel = "txt|json", description = "Form of the answer (default: txt).")
    private Format format = Format.txt;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Mixin
    private AnalysisOptions analysis = new AnalysisOptions();

    /** Whom one workload reaches. */
    private record Spread(ResourceId workload, List<BlastRadius.Reached> reached) {}

    private record Answer(
            List<BlastRadius.Hub> hubs, Set<ResourceId> closed, List<BlastRadius.Radius> radii, List<Spread> spreads) {}

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new UsageProblem("--top takes a number from 1, not " + top);
        }
        AnalysisOptions.Read read = analysis.over(analysis.read(paths), overlay);
        if (read.isEmpty()) {
            AnalysisOptions.warn("no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        Reachability reachability = analysis.analyse(read.state(), PeerUnit.OWNER);
        WorkloadNames names = new WorkloadNames(read.state(), reachability.workloads());
        Answer answer = answer(AnalysisOptions.blast(reachability), names);
        try (Output out = Output.to(output)) {
            switch (format) {
                case txt -> txt(answer, out);
                case json ->
                    AnswerJson.write("plimsoll.blast-radius/v1", reachability, out, json -> json(answer, json));
            }
        }
        return analysis.refuses(read, reachability) ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }

    private Answer answer(BlastRadius blast, WorkloadNames names) {
        Set<ResourceId> closed = new TreeSet<>(names.of(notThrough));
        Set<ResourceId> asked = names.of(of);
        List<BlastRadius.Hub> hubs = blast.hubs();
        if (withoutHubs) {
            hubs.forEach(hub -> closed.addAll(hub.workloads()));
        }
        List<BlastRadius.Radius> radii = new ArrayList<>(blast.radii(closed));
        radii.removeIf(radius -> !asked.isEmpty() && !asked.contains(radius.workload()));
        radii.sort(Comparator.comparing(
                        (BlastRadius.Radius radius) -> -radius.transitive().high())
                .thenComparing(radius -> -radius.oneHop().high())
                .thenComparing(BlastRadius.Radius::workload));
        List<Spread> spreads = asked.stream()
                .map(workload -> new Spread(workload, blast.from(workload, closed)))
                .toList();
        return new Answer(hubs, closed, radii.subList(0, Math.min(top, radii.size())), spreads);
    }

    private static void txt(Answer answer, Output out) {
        out.line("workload: reached in one hop, in any number");
        answer.radii()
                .forEach(radius -> out.line(WorkloadNames.text(radius.workload()) + ": " + text(radius.oneHop()) + ", "
                        + text(radius.transitive())));
        for (Spread spread : answer.spreads()) {
            out.line("");
            out.line("reached from " + WorkloadNames.text(spread.workload()) + ":");
            spread.reached()
                    .forEach(reached -> out.line("  " + reached.hops() + (reached.certain() ? "" : " (not certain)")
                            + " " + way(reached.way())));
        }
        if (!answer.hubs().isEmpty()) {
            out.line("");
            out.line("hubs: pairs of workloads connected only through them");
            answer.hubs()
                    .forEach(hub -> out.line(names(hub.workloads()) + ": " + hub.only() + " pairs; " + hub.reachedBy()
                            + " reach it, it reaches " + hub.reaches()));
        }
        if (!answer.closed().isEmpty()) {
            out.line("");
            out.line("not passed through: " + names(List.copyOf(answer.closed())));
        }
    }

    /** One number, or both bounds. */
    static String text(Bounds bounds) {
        return bounds.low() == bounds.high() ? Long.toString(bounds.low()) : bounds.low() + " to " + bounds.high();
    }

    static String way(List<ResourceId> workloads) {
        return workloads.stream().map(WorkloadNames::text).collect(Collectors.joining(" -> "));
    }

    private static String names(List<ResourceId> workloads) {
        return workloads.stream().map(WorkloadNames::text).collect(Collectors.joining(", "));
    }

    private static void json(Answer answer, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("radii");
        for (BlastRadius.Radius radius : answer.radii()) {
            json.writeStartObject();
            json.writeStringField("workload", WorkloadNames.text(radius.workload()));
            bounds("oneHop", radius.oneHop(), json);
            bounds("transitive", radius.transitive(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("reached");
        for (Spread spread : answer.spreads()) {
            for (BlastRadius.Reached reached : spread.reached()) {
                json.writeStartObject();
                json.writeStringField("from", WorkloadNames.text(spread.workload()));
                json.writeStringField("workload", WorkloadNames.text(reached.workload()));
                json.writeNumberField("hops", reached.hops());
                json.writeBooleanField("certain", reached.certain());
                workloads("way", reached.way(), json);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("hubs");
        for (BlastRadius.Hub hub : answer.hubs()) {
            json.writeStartObject();
            workloads("workloads", hub.workloads(), json);
            json.writeNumberField("reachedBy", hub.reachedBy());
            json.writeNumberField("reaches", hub.reaches());
            json.writeNumberField("onlyThrough", hub.only());
            json.writeEndObject();
        }
        json.writeEndArray();
        workloads("notThrough", List.copyOf(answer.closed()), json);
    }

    private static void bounds(String field, Bounds bounds, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("low", bounds.low());
        json.writeNumberField("high", bounds.high());
        json.writeEndObject();
    }

    static void workloads(String field, List<ResourceId> workloads, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (ResourceId each : workloads) {
            json.writeString(WorkloadNames.text(each));
        }
        json.writeEndArray();
    }
}
