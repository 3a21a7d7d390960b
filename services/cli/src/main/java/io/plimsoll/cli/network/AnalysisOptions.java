package io.plimsoll.cli.network;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.cli.input.EstateInput;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.plimsoll.segmentation.blast.SensitivePaths;
import io.plimsoll.segmentation.mesh.MeshSettings;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** What all commands about the network are told, and how they come to an analysis. */
final class AnalysisOptions {

    /** How pods on the host's network are treated, as people say it. */
    enum Host {
        node,
        pod
    }

    @Option(
            names = "--host-network",
            paramLabel = "node|pod",
            description = "Pods on the host's network are their node (default), or as any other pod.")
    private Host host = Host.node;

    /** Whose traffic a mesh governs, as people say it. */
    enum Mesh {
        seen,
        everyone
    }

    @Option(
            names = "--mesh",
            paramLabel = "seen|everyone",
            description = "Members of an Istio mesh: pods where it is seen (default), or every pod.")
    private Mesh mesh = Mesh.seen;

    @Option(names = "--strict", description = "A document or policy that cannot be read makes the exit code 1.")
    private boolean strict;

    /** What was read, and the state it makes. */
    record Read(ClusterState state, int skipped) {
        boolean isEmpty() {
            return state.resources().isEmpty();
        }
    }

    Read read(List<String> paths) {
        EstateInput input = new EstateInput();
        input.addPaths(paths);
        ClusterState state = input.states().stream()
                .findFirst()
                .orElseGet(() -> new ClusterState(EstateInput.CLUSTER, ClusterMode.MANIFESTS, List.of()));
        input.coverage().stream()
                .filter(note -> note.kind().equals("document"))
                .forEach(note -> warn(note.source() + ": " + note.text()));
        return new Read(state, input.skipped());
    }

    /** A second set of manifests laid over the first: what it declares takes the place of what has the same identity. */
    Read over(Read read, List<String> overlay) {
        if (overlay.isEmpty()) {
            return read;
        }
        Read more = read(overlay);
        Map<ResourceId, Resource> all = new LinkedHashMap<>();
        read.state().resources().forEach(each -> all.put(each.id(), each));
        more.state().resources().forEach(each -> all.put(each.id(), each));
        ClusterState both = new ClusterState(read.state().name(), read.state().mode(), List.copyOf(all.values()));
        return new Read(both, read.skipped() + more.skipped());
    }

    ReachabilityOptions options(ClusterState state) {
        HostNetwork treated = host == Host.node ? HostNetwork.AS_NODE : HostNetwork.AS_POD;
        ReachabilityOptions options = ReachabilityOptions.showingFamiliesOf(state, treated);
        return mesh == Mesh.everyone ? options.with(MeshSettings.DEFAULTS.withEveryone()) : options;
    }

    /** For two states that are compared: a family of addresses that one of them alone shows would be a difference everywhere. */
    ReachabilityOptions options(ClusterState one, ClusterState other) {
        ReachabilityOptions options = options(one);
        Set<AddressFamily> families = EnumSet.copyOf(options.families());
        families.addAll(options(other).families());
        return new ReachabilityOptions(options.hostNetwork(), families, options.mesh());
    }

    Reachability analyse(ClusterState state, PeerUnit unit) {
        return analyse(state, unit, options(state));
    }

    Reachability analyse(ClusterState state, PeerUnit unit, ReachabilityOptions options) {
        Reachability reachability = Reachability.of(state, unit.of(state), options);
        reachability
                .problems()
                .forEach(problem -> warn(
                        problem.source() + ": " + problem.policy() + " " + problem.path() + ": " + problem.message()));
        reachability
                .coverage()
                .partial()
                .forEach((kind, count) -> warn("partial: " + count + " " + kind
                        + " found and not analysed; what they could change is unknown"));
        return reachability;
    }

    /** @throws UsageProblem where the cluster is too large for it */
    static BlastRadius blast(Reachability reachability) {
        try {
            return reachability.blastRadius();
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("the blast radius cannot be worked out: " + e.getMessage());
        }
    }

    /** @throws UsageProblem where the cluster is too large for it */
    static SensitivePaths ways(Reachability reachability, boolean internalToo) {
        try {
            return reachability.pathsFromInternet(internalToo);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("paths cannot be worked out: " + e.getMessage());
        }
    }

    /** True when {@code --strict} was given and something could not be read. */
    boolean refuses(Read read, Reachability reachability) {
        return strict && (read.skipped() > 0 || !reachability.problems().isEmpty());
    }

    static void warn(String text) {
        System.err.println("plimsoll: " + text);
    }

    /** Names given once each or with commas between them. */
    static List<String> split(List<String> names) {
        return names.stream()
                .flatMap(each -> List.of(each.split(",")).stream())
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** {@code tcp-80} or {@code TCP 80}. */
    static PortSet port(String written) {
        String[] parts = written.split("[- ]");
        String protocol = parts[0].toUpperCase(Locale.ROOT);
        return Protocol.of(protocol)
                .filter(known -> parts.length == 2 && parts[1].matches("[1-9][0-9]{0,4}"))
                .filter(known -> Integer.parseInt(parts[1]) <= PortSet.PORT_MAX)
                .map(known -> PortSet.of(known, Integer.parseInt(parts[1])))
                .orElseThrow(() -> new UsageProblem("a port is written like tcp-80, not " + written));
    }
}
