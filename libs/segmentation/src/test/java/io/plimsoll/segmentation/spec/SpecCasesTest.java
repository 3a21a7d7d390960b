package io.plimsoll.segmentation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.segmentation.Manifests;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.entry.WayIn;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.topology.HostNetwork;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What specifications say, sentence by sentence; the cases are read and never written. */
class SpecCasesTest {

    @ParameterizedTest
    @MethodSource("all")
    void isAsTheSentenceHasIt(SpecCase asked) {
        // Given
        ClusterState state = Manifests.of(asked.manifests());
        List<Workload> workloads = Workloads.of(state);
        // When
        Reachability reachability = Reachability.of(state, workloads, options(asked));
        // Then
        for (String probe : asked.lines("probe")) {
            String[] words = probe.split(" ");
            PortSet port = PortSet.of(Protocol.of(words[2]).orElseThrow(), Integer.parseInt(words[3]));
            assertThat(verdict(reachability, workloads, words[0], words[1], port))
                    .as(probe)
                    .isEqualTo(words[4]);
        }
        if (!asked.lines("way").isEmpty() || asked.says("no way")) {
            assertThat(reachability.waysIn().stream().map(SpecCasesTest::text).sorted())
                    .containsExactlyElementsOf(asked.lines("way"));
        }
        for (String brought : asked.lines("brought")) {
            String workload = brought.split(" ", 2)[0];
            assertThat(brought(reachability, workload)).as(brought).isEqualTo(brought.split(" ", 2)[1]);
        }
        assertThat(reachability.problems())
                .extracting(problem -> problem.policy() + " " + problem.path())
                .containsExactlyInAnyOrderElementsOf(asked.lines("problem"));
        assertThat(reachability.coverage().partial().keySet())
                .containsExactlyInAnyOrderElementsOf(asked.lines("partial"));
    }

    @Test
    void everyCaseNamesItsSourceAndExpectsSomething() {
        for (SpecCase each : all()) {
            assertThat(each.says()).as(each.name()).hasSizeGreaterThan(2);
            assertThat(each.says().get(1)).as(each.name()).matches("\".*\"|In short: .*");
        }
    }

    static List<SpecCase> all() {
        return SpecCase.all();
    }

    private static ReachabilityOptions options(SpecCase asked) {
        return asked.says("option host-network pod")
                ? new ReachabilityOptions(HostNetwork.AS_POD, ReachabilityOptions.DEFAULTS.families())
                : ReachabilityOptions.DEFAULTS;
    }

    private static String verdict(
            Reachability reachability, List<Workload> workloads, String from, String to, PortSet port) {
        Optional<AddressRange> source = range(from);
        Optional<AddressRange> destination = range(to);
        Stream<Explanation> answers = source.isPresent()
                ? reachability.explain(named(workloads, to), Direction.INGRESS, source.get()).stream()
                : destination.isPresent()
                        ? reachability.explain(named(workloads, from), Direction.EGRESS, destination.get()).stream()
                        : Stream.of(reachability.explain(named(workloads, from), named(workloads, to)));
        List<Explanation.Outcome> outcomes =
                answers.map(answer -> answer.at(port).outcome()).distinct().toList();
        assertThat(outcomes).hasSize(1);
        return switch (outcomes.getFirst()) {
            case ALLOWED -> "allow";
            case DENIED -> "deny";
            case UNKNOWN -> "unknown";
        };
    }

    private static Optional<AddressRange> range(String written) {
        return Address.parse(written).map(address -> new AddressRange(address, address));
    }

    private static ResourceId named(List<Workload> workloads, String name) {
        return workloads.stream()
                .map(Workload::id)
                .filter(id -> name.equals(id.namespace() + "/" + id.name()))
                .findFirst()
                .orElseThrow();
    }

    private static String brought(Reachability reachability, String workload) {
        return reachability
                .brought()
                .filter(each -> each.destination().isNamed(workload))
                .map(each -> each.ports().toString())
                .findFirst()
                .orElse("nothing");
    }

    private static String text(WayIn way) {
        return way.door() + " " + way.object() + " " + way.workload().namespace() + "/"
                + way.workload().name() + " " + way.ports() + (way.internal() ? " internal" : "")
                + (way.sourceHidden() ? " hidden" : "")
                + way.controller()
                        .map(by -> " by " + by.namespace() + "/" + by.name())
                        .orElse("");
    }
}
