package io.plimsoll.segmentation.idle;

import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The ports of all protocols, cut wherever one of some sets begins or ends: ports in one atom are in the same sets. */
record PortAtoms(List<PortSet.Span> atoms) {

    PortAtoms {
        atoms = List.copyOf(atoms);
    }

    static PortAtoms of(Collection<PortSet> sets) {
        List<PortSet.Span> atoms = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            TreeSet<Integer> starts = new TreeSet<>();
            starts.add(1);
            for (PortSet set : sets) {
                for (PortSet.Span span : set.toSpans()) {
                    if (span.protocol() == protocol) {
                        starts.add(span.first());
                        starts.add(span.last() + 1);
                    }
                }
            }
            for (int first : starts.headSet(PortSet.PORT_MAX + 1)) {
                Integer next = starts.higher(first);
                atoms.add(new PortSet.Span(protocol, first, next == null ? PortSet.PORT_MAX : next - 1));
            }
        }
        return new PortAtoms(atoms);
    }

    int size() {
        return atoms.size();
    }

    /** The atoms of a set that the ports were cut by. */
    int[] of(PortSet ports) {
        return java.util.stream.IntStream.range(0, atoms.size())
                .filter(atom -> ports.contains(
                        atoms.get(atom).protocol(), atoms.get(atom).first()))
                .toArray();
    }
}
