package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Explanation.Cause;
import io.plimsoll.segmentation.reach.Explanation.Outcome;
import io.plimsoll.segmentation.reach.Explanation.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the policies of one side in their order and keeps, for each port, who decided. One thread. */
final class SideWalk {

    /** Where ports stand while policies are asked. */
    private enum State {
        OPEN,
        PASSED,
        DECIDED
    }

    private record Slice(PortSet ports, State state, List<Reason> reasons) {}

    private List<Slice> slices = List.of(new Slice(PortSet.ALL, State.OPEN, List.of()));

    /** A rule of a cluster-wide policy that matches the peer for sure: it decides what is open. */
    void decide(PortSet ports, Reason reason, boolean passes) {
        refine(
                State.OPEN,
                ports,
                slice ->
                        new Slice(slice.ports(), passes ? State.PASSED : State.DECIDED, plus(slice.reasons(), reason)));
    }

    /** A rule of which it is not known whether it matches: noted, and nothing is decided. */
    void note(PortSet ports, Reason reason) {
        refine(State.OPEN, ports, slice -> new Slice(slice.ports(), State.OPEN, plus(slice.reasons(), reason)));
    }

    /** What a mesh says of ports on top, whoever decided before. */
    void add(PortSet ports, Reason reason) {
        for (State state : State.values()) {
            refine(state, ports, slice -> new Slice(slice.ports(), state, plus(slice.reasons(), reason)));
        }
    }

    /** What was passed is open to the next tier. */
    void endOfTier() {
        slices = slices.stream()
                .map(slice ->
                        slice.state() == State.PASSED ? new Slice(slice.ports(), State.OPEN, slice.reasons()) : slice)
                .toList();
    }

    /** What the NetworkPolicies say that select the pods, port by port; they decide all that is open. */
    void decideAll(Map<PortSet, List<Reason>> byPorts) {
        byPorts.forEach((ports, reasons) -> refine(State.OPEN, ports, slice -> {
            List<Reason> all = new ArrayList<>(slice.reasons());
            all.addAll(reasons);
            return new Slice(slice.ports(), State.DECIDED, all);
        }));
    }

    /** The ports with the same reasons, each with the outcome that the engine has for it. */
    List<Part> parts(Verdict verdict) {
        Map<Cause, PortSet> merged = new LinkedHashMap<>();
        for (Slice slice : slices) {
            add(merged, slice.ports().intersect(verdict.allowed()), Outcome.ALLOWED, slice.reasons());
            add(merged, slice.ports().minus(verdict.possible()), Outcome.DENIED, slice.reasons());
            add(merged, slice.ports().intersect(verdict.uncertain()), Outcome.UNKNOWN, slice.reasons());
        }
        List<Part> parts = new ArrayList<>();
        merged.forEach((cause, ports) -> parts.add(new Part(ports, cause)));
        return parts;
    }

    private static void add(Map<Cause, PortSet> merged, PortSet ports, Outcome outcome, List<Reason> reasons) {
        if (!ports.isEmpty()) {
            merged.merge(new Cause(outcome, reasons), ports, PortSet::union);
        }
    }

    @FunctionalInterface
    private interface Change {
        Slice of(Slice slice);
    }

    private void refine(State state, PortSet ports, Change change) {
        List<Slice> refined = new ArrayList<>();
        for (Slice slice : slices) {
            PortSet hit = slice.state() == state ? slice.ports().intersect(ports) : PortSet.NONE;
            if (hit.isEmpty()) {
                refined.add(slice);
                continue;
            }
            refined.add(change.of(new Slice(hit, slice.state(), slice.reasons())));
            PortSet rest = slice.ports().minus(hit);
            if (!rest.isEmpty()) {
                refined.add(new Slice(rest, slice.state(), slice.reasons()));
            }
        }
        slices = refined;
    }

    private static List<Reason> plus(List<Reason> reasons, Reason reason) {
        List<Reason> more = new ArrayList<>(reasons);
        more.add(reason);
        return more;
    }
}
