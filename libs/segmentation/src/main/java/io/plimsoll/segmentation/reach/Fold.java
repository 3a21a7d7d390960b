package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.topology.PodClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Classes that send and receive the same, from and to the same, as one: what must be looked at to count pairs. Classes are as fine as labels that
 * selectors name; where no selector in force tells them apart in their namespaces they differ in nothing. Immutable, any thread.
 */
public final class Fold {

    private final Flank ingress;
    private final Flank egress;
    private final int[] ofClass;
    private final int[] representatives;

    Fold(ClassGraph graph) {
        List<PodClass> classes = graph.topology().classes();
        boolean meshed = !graph.mesh().isEmpty();
        this.ingress = new Flank(graph.sides(Direction.INGRESS), classes.size(), meshed);
        this.egress = new Flank(graph.sides(Direction.EGRESS), classes.size(), meshed);
        this.ofClass = new int[classes.size()];
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        List<Integer> firsts = new ArrayList<>();
        for (int c = 0; c < ofClass.length; c++) {
            PodClass pod = classes.get(c);
            int family = pod.location().map(at -> at.family().ordinal() + 1).orElse(0);
            List<Integer> all = List.of(
                    ingress.sideOf(c),
                    egress.sideOf(c),
                    ingress.placeOf(c),
                    egress.placeOf(c),
                    pod.host() ? 1 : 0,
                    family);
            Integer number = numbers.putIfAbsent(all, firsts.size());
            if (number == null) {
                firsts.add(c);
            }
            ofClass[c] = number == null ? firsts.size() - 1 : number;
        }
        this.representatives = firsts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How many there are. */
    public int size() {
        return representatives.length;
    }

    /** The number of what a class is folded into. */
    public int of(int number) {
        return ofClass[number];
    }

    /** A class of each. */
    public int[] representatives() {
        return representatives.clone();
    }

    /** Sources with the same number are seen alike by who receives. */
    public int sourceAs(int number) {
        return ingress.placeOf(number);
    }

    /** The number of the side that a class's receiving, or sending, is decided by; less than {@link #sides}. */
    public int side(int number, Direction direction) {
        return flank(direction).sideOf(number);
    }

    /** How many sides there are. */
    public int sides(Direction direction) {
        return flank(direction).size();
    }

    Flank flank(Direction direction) {
        return switch (direction) {
            case INGRESS -> ingress;
            case EGRESS -> egress;
        };
    }
}
