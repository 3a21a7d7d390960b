package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.blast.SensitivePaths;
import io.plimsoll.segmentation.blast.SensitivePaths.SensitivePath;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Reason;
import io.plimsoll.segmentation.suggest.PathCut;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The answer of {@code plimsoll paths}, as text and as JSON. */
final class PathsReport {

    private final Reachability reachability;
    private final SensitivePaths ways;
    private final Set<ResourceId> sensitive;
    private final List<SensitivePath> paths;
    private final List<PathCut> cuts;

    PathsReport(
            Reachability reachability,
            SensitivePaths ways,
            Set<ResourceId> sensitive,
            List<SensitivePath> paths,
            List<PathCut> cuts) {
        this.reachability = reachability;
        this.ways = ways;
        this.sensitive = sensitive;
        this.paths = paths;
        this.cuts = cuts;
    }

    void txt(Output out) {
        out.line(sensitive.size() + " sensitive workload(s), " + ways.entries().size()
                + " way(s) in from the Internet, " + paths.size() + " reached");
        for (SensitivePath path : paths) {
            out.line("");
            out.line(WorkloadNames.text(path.target()) + ": " + path.workloads().size() + " hop(s)"
                    + (path.certain() ? "" : ", not certain"));
            out.line("  Internet -> " + WorkloadNames.text(path.workloads().getFirst()) + " by "
                    + path.by().object() + " on " + path.by().ports());
            for (int i = 1; i < path.workloads().size(); i++) {
                ResourceId from = path.workloads().get(i - 1);
                ResourceId to = path.workloads().get(i);
                Connection hop = reachability.between(from, to);
                out.line("  " + WorkloadNames.text(from) + " -> " + WorkloadNames.text(to) + " on "
                        + (hop.ports().isEmpty() ? hop.uncertain() + " (not certain)" : hop.ports()) + ", "
                        + String.join("; ", reasons(from, to)));
            }
        }
        for (PathCut cut : cuts) {
            out.line("");
            out.line("cut of the way to " + WorkloadNames.text(cut.target()) + " at " + WorkloadNames.text(cut.at())
                    + ":");
            cut.policy().ifPresent(policy -> ManifestText.yaml(List.of(policy), out));
            if (cut.policy().isEmpty()) {
                out.line("  " + cut.note());
                continue;
            }
            out.line("# proven: the Internet does not reach " + WorkloadNames.text(cut.target())
                    + " any more, and nothing connects that did not");
            cut.alsoKept().forEach(each -> out.line("# nor does it reach " + WorkloadNames.text(each)));
            cut.stillReached().forEach(each -> out.line("# it still reaches " + WorkloadNames.text(each)));
            cut.lost()
                    .forEach(each -> out.line("# ends: " + each.source() + " => " + each.destination() + " : "
                            + each.before().minus(each.after())));
        }
    }

    void json(JsonGenerator json) throws IOException {
        BlastRadiusCommand.workloads("sensitive", List.copyOf(sensitive), json);
        json.writeArrayFieldStart("waysIn");
        for (var entry : ways.entries()) {
            json.writeStartObject();
            json.writeStringField("door", entry.way().door().name());
            json.writeStringField("object", entry.way().object().toString());
            json.writeStringField("workload", WorkloadNames.text(entry.way().workload()));
            json.writeStringField("ports", entry.ports().toString());
            if (!entry.uncertain().isEmpty()) {
                json.writeStringField("uncertain", entry.uncertain().toString());
            }
            json.writeStringField("source", entry.way().source().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("paths");
        for (SensitivePath path : paths) {
            path(path, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("cuts");
        for (PathCut cut : cuts) {
            cut(cut, json);
        }
        json.writeEndArray();
    }

    private void path(SensitivePath path, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", WorkloadNames.text(path.target()));
        json.writeBooleanField("certain", path.certain());
        json.writeStringField("by", path.by().object().toString());
        BlastRadiusCommand.workloads("workloads", path.workloads(), json);
        json.writeArrayFieldStart("hops");
        for (int i = 1; i < path.workloads().size(); i++) {
            ResourceId from = path.workloads().get(i - 1);
            ResourceId to = path.workloads().get(i);
            Connection hop = reachability.between(from, to);
            json.writeStartObject();
            json.writeStringField("src", WorkloadNames.text(from));
            json.writeStringField("dst", WorkloadNames.text(to));
            json.writeStringField("conn", hop.ports().toString());
            if (!hop.uncertain().isEmpty()) {
                json.writeStringField("uncertain", hop.uncertain().toString());
            }
            json.writeArrayFieldStart("because");
            for (String reason : reasons(from, to)) {
                json.writeString(reason);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void cut(PathCut cut, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", WorkloadNames.text(cut.target()));
        json.writeStringField("at", WorkloadNames.text(cut.at()));
        json.writeBooleanField("proven", cut.policy().isPresent());
        if (cut.policy().isPresent()) {
            StringWriter yaml = new StringWriter();
            ManifestText.yaml(List.of(cut.policy().get()), Output.into(yaml));
            json.writeStringField("policy", yaml.toString());
        }
        if (!cut.note().isEmpty()) {
            json.writeStringField("note", cut.note());
        }
        BlastRadiusCommand.workloads("alsoKept", cut.alsoKept(), json);
        BlastRadiusCommand.workloads("stillReached", cut.stillReached(), json);
        json.writeArrayFieldStart("ends");
        for (var each : cut.lost()) {
            json.writeStartObject();
            json.writeStringField("src", each.source().toString());
            json.writeStringField("dst", each.destination().toString());
            json.writeStringField("conn", each.before().minus(each.after()).toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What lets a hop pass: rules that allow it, or that nobody selects an end. */
    private List<String> reasons(ResourceId from, ResourceId to) {
        Set<String> reasons = new TreeSet<>();
        for (Explanation.Piece piece : reachability.explain(from, to).pieces()) {
            if (piece.outcome() != Explanation.Outcome.DENIED) {
                add(piece.egress(), "egress", reasons);
                add(piece.ingress(), "ingress", reasons);
            }
        }
        return new ArrayList<>(reasons);
    }

    private static void add(Explanation.Cause cause, String side, Set<String> reasons) {
        if (cause.isDefault()) {
            reasons.add(side + ": no policy");
        }
        for (Reason reason : cause.reasons()) {
            reasons.add(side + ": " + reason.title() + (reason.detail().isEmpty() ? "" : " " + reason.detail()));
        }
    }
}
