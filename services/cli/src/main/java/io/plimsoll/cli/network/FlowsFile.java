package io.plimsoll.cli.network;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.suggest.Flows;
import io.plimsoll.segmentation.suggest.Need;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads connections that were seen: lines {@code src,dst,conn} as {@code plimsoll connections} writes them, or flows as {@code hubble observe -o
 * jsonpb} does (Cilium, {@code flow.proto}): what was forwarded and is no reply. A line that says nothing of these workloads is told and left out.
 */
final class FlowsFile {

    /** Lines told by name; of more only the number is. */
    private static final int TOLD_MAX = 20;

    private static final int LINE_CHARS_MAX = 1 << 16;
    private static final int LINES_MAX = 5_000_000;

    private static final Pattern PORTS = Pattern.compile("(TCP|UDP|SCTP) ([0-9,-]+)");

    private final String file;
    private final Map<String, ResourceId> byName = new HashMap<>();
    private final Map<String, Need> between = new TreeMap<>();
    private final SortedMap<ResourceId, PortSet> toOutside = new TreeMap<>();
    private final SortedMap<ResourceId, PortSet> fromOutside = new TreeMap<>();
    private int leftOut;

    private FlowsFile(String file, List<Workload> workloads) {
        this.file = file;
        for (Workload workload : workloads) {
            byName.put(new Endpoint.OfWorkload(workload.id()).toString(), workload.id());
            for (PodTemplate template : workload.templates()) {
                ResourceId made = template.resource().id();
                byName.putIfAbsent(new Endpoint.OfWorkload(made).toString(), workload.id());
            }
        }
    }

    /** @throws UsageProblem when the file cannot be read at all */
    static Flows read(Path path, List<Workload> workloads) {
        FlowsFile flows = new FlowsFile(path.toString(), workloads);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            in.mark(1);
            int first = in.read();
            in.reset();
            if (first == '{') {
                flows.json(in);
            } else {
                flows.csv(in);
            }
        } catch (NoSuchFileException e) {
            throw new UsageProblem("no such file: " + path);
        } catch (IOException e) {
            throw new UsageProblem(path + " cannot be read: " + e.getMessage());
        }
        if (flows.leftOut > TOLD_MAX) {
            AnalysisOptions.warn(flows.leftOut - TOLD_MAX + " more lines of " + path + " are left out");
        }
        return new Flows(List.copyOf(flows.between.values()), flows.toOutside, flows.fromOutside);
    }

    private void csv(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (number > LINES_MAX) {
                leaveOut(number, "more than " + LINES_MAX + " lines: the rest is not read");
                return;
            }
            if (line.isBlank() || line.equals("src,dst,conn")) {
                continue;
            }
            String[] parts = line.length() > LINE_CHARS_MAX ? new String[0] : line.split(",", 3);
            PortSet ports = parts.length == 3 ? ports(parts[2]) : PortSet.NONE;
            if (ports.isEmpty()) {
                leaveOut(number, "not a line src,dst,conn with ports such as TCP 80,443");
                continue;
            }
            add(number, parts[0], parts[1], ports);
        }
    }

    private static PortSet ports(String written) {
        if (written.equals("All Connections")) {
            return PortSet.ALL;
        }
        PortSet ports = PortSet.NONE;
        Matcher each = PORTS.matcher(written);
        while (each.find()) {
            Optional<Protocol> protocol = Protocol.of(each.group(1));
            for (String span : each.group(2).split(",")) {
                if (protocol.isPresent() && span.matches("[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?")) {
                    String[] ends = span.split("-");
                    int first = Integer.parseInt(ends[0]);
                    int last = Integer.parseInt(ends[ends.length - 1]);
                    if (first <= last && last <= PortSet.PORT_MAX) {
                        ports = ports.union(PortSet.of(protocol.get(), first, last));
                    }
                }
            }
        }
        return ports;
    }

    private void json(InputStream in) throws IOException {
        new ManifestReader(ManifestLimits.DEFAULTS)
                .read(file.endsWith(".json") ? file : file + ".json", in, new DocumentSink() {
                    @Override
                    public void document(Document document) {
                        Value flow = document.body().at("flow").present()
                                ? document.body().at("flow")
                                : document.body();
                        flow(document.source(), flow);
                    }

                    @Override
                    public void problem(Problem problem) {
                        leaveOut(problem.source().line(), problem.message());
                    }
                });
    }

    private void flow(Source source, Value flow) {
        if (!flow.text("verdict").equals("FORWARDED") || flow.isTrue("is_reply")) {
            return;
        }
        for (Protocol protocol : Protocol.values()) {
            long port =
                    flow.at("l4", protocol.name(), "destination_port").integer().orElse(0);
            if (port >= 1 && port <= PortSet.PORT_MAX) {
                add(source.line(), end(flow.at("source")), end(flow.at("destination")), PortSet.of(protocol, (int)
                        port));
            }
        }
    }

    /** By the owner where it is told, else by the pod; what is of no namespace is outside. */
    private String end(Value end) {
        String namespace = end.text("namespace");
        if (namespace.isEmpty()) {
            return "outside[External]";
        }
        for (Value owner : end.items("workloads")) {
            String named = namespace + "/" + owner.text("name") + "[" + owner.text("kind") + "]";
            if (byName.containsKey(named)) {
                return named;
            }
        }
        return namespace + "/" + end.text("pod_name") + "[Pod]";
    }

    private void add(int line, String from, String to, PortSet ports) {
        ResourceId source = byName.get(from);
        ResourceId destination = byName.get(to);
        boolean fromOut = from.endsWith("[External]");
        boolean toOut = to.endsWith("[External]");
        if (source != null && destination != null) {
            if (!source.equals(destination)) {
                Need need = new Need(source, destination, ports, "seen: " + file);
                between.merge(source + " " + destination, need, FlowsFile::together);
            }
        } else if (source != null && toOut) {
            toOutside.merge(source, ports, PortSet::union);
        } else if (destination != null && fromOut) {
            fromOutside.merge(destination, ports, PortSet::union);
        } else if (!from.equals("{ingress-controller}")) {
            leaveOut(line, "no workload of the input is named " + (source == null && !fromOut ? from : to));
        }
    }

    private static Need together(Need one, Need other) {
        return new Need(one.source(), one.destination(), one.ports().union(other.ports()), one.where());
    }

    private void leaveOut(int line, String reason) {
        leftOut++;
        if (leftOut <= TOLD_MAX) {
            AnalysisOptions.warn(file + ":" + line + ": " + reason);
        }
    }
}
