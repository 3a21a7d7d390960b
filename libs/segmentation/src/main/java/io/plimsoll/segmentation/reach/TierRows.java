package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.policy.TieredPolicies;
import io.plimsoll.segmentation.policy.TieredPolicy;
import io.plimsoll.segmentation.policy.TieredRule;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the row of a class in one direction from the cluster-wide policies of one tier that select it. A policy's own row is made once;
 * rows are put together two by two over halves of the tier, so that classes selected alike in a part of it share what is made of that
 * part. One thread.
 */
final class TierRows {

    private final Topology topology;
    private final Direction direction;
    private final Columns columns;
    private final ColumnSets sets;
    private final Signatures signatures;
    private final List<List<Asked>> bands;

    /** Peers that rules of the tier name. */
    private final Set<Peer> told;

    /** Whether rules of the tier ask for ports by the names that subjects, or that peers, have for them. */
    private final boolean asksNames;

    private final boolean asksPeersNames;
    private final Map<Selected, Row> known;

    /** What is put together of two, in the order in which it was made. */
    private final Map<Pair, Row> together;

    /** One policy with its rows so far. */
    private static final class Asked {

        private final TieredPolicy policy;
        private final int number;
        private final boolean asksNames;

        /** The classes it selects; null where only a few are to be asked for. */
        private final @Nullable BitSet subjects;

        private final Map<NamedPorts, Row> rows = new HashMap<>();

        Asked(TieredPolicy policy, int number, @Nullable BitSet subjects, boolean asksNames) {
            this.policy = policy;
            this.number = number;
            this.subjects = subjects;
            this.asksNames = asksNames;
        }

        /** The same of later classes, of which only a few are to be asked for. */
        Asked later() {
            Asked later = new Asked(policy, number, null, asksNames);
            later.rows.putAll(rows);
            return later;
        }

        /** Whether a policy says the same in the direction, to the same pods. */
        boolean saysAs(TieredPolicy other, Direction direction) {
            return policy.id().equals(other.id())
                    && policy.inForce() == other.inForce()
                    && policy.subject().equals(other.subject())
                    && policy.rules(direction).equals(other.rules(direction));
        }

        boolean selects(int subject, PodClass pod) {
            if (subjects != null) {
                return subjects.get(subject);
            }
            return !pod.hostNetwork() && policy.subject().matches(pod.namespace(), pod.namespaceLabels(), pod.labels());
        }
    }

    /** All that a class's row depends on: the policies that select it, and its names for ports where one of the tier asks. */
    private record Selected(BitSet policies, NamedPorts names) {}

    /** Two rows, one after the other or side by side. Rows have no equals: each is itself. */
    private record Pair(Row first, Row second, boolean beside) {

        Standing of(Standing one, Standing other) {
            return beside ? one.besides(other) : one.then(other);
        }
    }

    TierRows(Topology topology, TieredPolicies policies, Tier tier, Direction direction, PeerSets peerSets) {
        List<List<TieredPolicy>> asked = asked(policies, tier, direction);
        this.topology = topology;
        this.direction = direction;
        boolean named = named(asked, direction);
        this.asksNames = named && direction == Direction.INGRESS;
        this.asksPeersNames = named && direction == Direction.EGRESS;
        this.told = peers(asked, direction);
        this.bands = bands(asked, direction, policy -> peerSets.selected(policy.subject()));
        this.columns = Columns.of(topology, sets(told, peerSets), asksPeersNames, new BitSet(), peerSets.hosts());
        this.sets = new ColumnSets(columns, peerSets);
        this.signatures = new Signatures(sets, told);
        this.known = new HashMap<>();
        this.together = new LinkedHashMap<>();
    }

    /** @param asBefore whether all policies say the same of the columns there were, and there are no others */
    private TierRows(
            TierRows before, Step step, Columns columns, List<List<Asked>> bands, Set<Peer> told, boolean asBefore) {
        this.known = asBefore ? before.known : HashMap.newHashMap(before.known.size());
        this.together = asBefore ? before.together : LinkedHashMap.newLinkedHashMap(before.together.size());
        this.topology = step.topology();
        this.direction = before.direction;
        this.columns = columns;
        this.sets = new ColumnSets(columns, step.ofTiers());
        this.signatures = before.signatures;
        this.asksNames = before.asksNames;
        this.asksPeersNames = before.asksPeersNames;
        this.bands = bands;
        this.told = told;
    }

    /** By priority the policies of the tier that have rules in the direction. */
    private static List<List<TieredPolicy>> asked(TieredPolicies policies, Tier tier, Direction direction) {
        return policies.bands(tier).stream()
                .map(band -> band.readings().stream()
                        .filter(policy -> !policy.rules(direction).isEmpty())
                        .toList())
                .toList();
    }

    private static List<List<Asked>> bands(
            List<List<TieredPolicy>> asked, Direction direction, Function<TieredPolicy, @Nullable BitSet> subjects) {
        List<List<Asked>> bands = new ArrayList<>();
        int number = 0;
        for (List<TieredPolicy> band : asked) {
            List<Asked> equal = new ArrayList<>();
            for (TieredPolicy policy : band) {
                boolean names = direction == Direction.INGRESS && named(List.of(List.of(policy)), direction);
                equal.add(new Asked(policy, number++, subjects.apply(policy), names));
            }
            bands.add(equal);
        }
        return bands;
    }

    private static boolean named(List<List<TieredPolicy>> asked, Direction direction) {
        return asked.stream()
                .flatMap(List::stream)
                .flatMap(policy -> policy.rules(direction).stream())
                .anyMatch(rule -> !rule.grant().ports().named().isEmpty());
    }

    private static Set<Peer> peers(List<List<TieredPolicy>> asked, Direction direction) {
        Set<Peer> peers = new LinkedHashSet<>();
        asked.forEach(band -> band.forEach(policy -> policy.rules(direction)
                .forEach(rule -> peers.addAll(rule.grant().peers()))));
        return peers;
    }

    private static List<BitSet> sets(Set<Peer> peers, PeerSets peerSets) {
        List<BitSet> sets = new ArrayList<>();
        for (Peer peer : peers) {
            Matched matched = peerSets.of(List.of(peer));
            sets.add(matched.certain());
            sets.add(matched.unsure());
        }
        return sets;
    }

    /** The rows of a later state: those of policies that say the same as before are made of those there are. */
    Moved<TierRows> later(Step step, Tier tier) {
        boolean untouched = step.policies().tiers() == step.before().tiers();
        List<List<TieredPolicy>> asked = untouched
                ? bands.stream()
                        .map(band -> band.stream().map(one -> one.policy).toList())
                        .toList()
                : asked(step.policies().tiers(), tier, direction);
        Optional<BitSet> changed = untouched ? Optional.of(new BitSet()) : changed(asked);
        boolean same = changed.filter(BitSet::isEmpty).isPresent();
        Set<Peer> peers = same ? told : peers(asked, direction);
        if (!same && named(asked, direction) != (asksNames || asksPeersNames)) {
            TierRows anew = new TierRows(step.topology(), step.policies().tiers(), tier, direction, step.ofTiers());
            return new Moved<>(anew, Map.of(), all(step));
        }
        Set<Peer> came = differing(peers, told);
        signatures.left(differing(told, peers), sets);
        Columns.Arrival arrival = new Columns.Arrival(
                signatures,
                signatures.of(
                        step.newcomers(),
                        signatures.peers(),
                        peer -> step.newcomers().ofTiers().of(List.of(peer)),
                        asksPeersNames));
        boolean byNames = asksPeersNames && (!same || step.namesChanged());
        Widened widened = columns.later(
                        step, arrival, sets(came, step.ofTiers()), asksPeersNames, byNames, new BitSet())
                .orElseThrow();
        if (same && widened.further().isEmpty()) {
            List<List<Asked>> alike = bands.stream()
                    .map(band -> band.stream().map(Asked::later).toList())
                    .toList();
            TierRows rows = new TierRows(this, step, widened.columns(), alike, told, true);
            signatures.widened(widened, Set.of(), rows.sets);
            return new Moved<>(rows, Map.of(), new BitSet());
        }
        List<List<Asked>> later =
                bands(asked, direction, policy -> same ? null : step.ofTiers().selected(policy.subject()));
        TierRows rows = new TierRows(this, step, widened.columns(), later, peers, false);
        signatures.widened(widened, came, rows.sets);
        Moved<TierRows> moved = new Moved<>(
                rows,
                new IdentityHashMap<>(together.size() + told.size()),
                changed.map(numbers -> selected(numbers, rows, step)).orElseGet(() -> all(step)));
        widenOwn(widened, step.newcomers(), moved);
        widenTogether(widened, moved);
        changed.ifPresent(numbers -> known.forEach((selected, row) -> {
            if (!selected.policies().intersects(numbers)) {
                rows.known.put(selected, moved.of(row));
            }
        }));
        return moved;
    }

    private static Set<Peer> differing(Set<Peer> some, Set<Peer> others) {
        if (some == others) {
            return Set.of();
        }
        Set<Peer> differing = new LinkedHashSet<>(some);
        differing.removeAll(others);
        return differing;
    }

    /** The numbers of policies of which another now stands in the same place; nothing where there are other places. */
    private Optional<BitSet> changed(List<List<TieredPolicy>> asked) {
        if (asked.size() != bands.size()) {
            return Optional.empty();
        }
        BitSet changed = new BitSet();
        for (int band = 0; band < asked.size(); band++) {
            if (asked.get(band).size() != bands.get(band).size()) {
                return Optional.empty();
            }
            for (int i = 0; i < asked.get(band).size(); i++) {
                Asked before = bands.get(band).get(i);
                if (!before.saysAs(asked.get(band).get(i), direction)) {
                    changed.set(before.number);
                }
            }
        }
        return Optional.of(changed);
    }

    private static BitSet all(Step step) {
        BitSet all = new BitSet();
        all.set(0, step.topology().classes().size());
        return all;
    }

    /** The classes that any of these policies selects, as it was before or as it is in the rows of later: no other class has a row of them. */
    private BitSet selected(BitSet numbers, TierRows later, Step step) {
        BitSet selected = new BitSet();
        for (List<List<Asked>> each : List.of(bands, later.bands)) {
            each.forEach(band -> band.stream()
                    .filter(one -> numbers.get(one.number))
                    .forEach(one -> selected.or(step.ofTiers().selected(one.policy.subject()))));
        }
        return selected;
    }

    private void widenOwn(Widened widened, Newcomers newcomers, Moved<TierRows> moved) {
        Columns each = Columns.each(newcomers.topology(), asksPeersNames, newcomers.hosts());
        ColumnSets ofThem = new ColumnSets(each, newcomers.ofTiers(), newcomers.size());
        Map<ResourceId, List<Asked>> had = new HashMap<>();
        bands.forEach(band -> band.forEach(one -> had.computeIfAbsent(one.policy.id(), unused -> new ArrayList<>(1))
                .add(one)));
        for (List<Asked> band : moved.rows().bands) {
            for (Asked now : band) {
                had.getOrDefault(now.policy.id(), List.of()).stream()
                        .filter(one -> one.saysAs(now.policy, direction))
                        .findFirst()
                        .ifPresent(one -> one.rows.forEach((names, row) -> {
                            Row theirs = newcomers.isEmpty()
                                    ? row
                                    : build(one.policy, names, each, ofThem, newcomers.size());
                            Row wide = widened.row(row, peer -> theirs.at(newcomers.place(peer)));
                            moved.later().put(row, wide);
                            now.rows.put(names, wide);
                        }));
            }
        }
    }

    /** What a row is made of was made before it; where any of it is gone, so is the row. */
    private void widenTogether(Widened widened, Moved<TierRows> moved) {
        int first = widened.before();
        int count = widened.further().size();
        together.forEach((pair, row) -> {
            if (!moved.later().containsKey(pair.first()) || !moved.later().containsKey(pair.second())) {
                return;
            }
            Pair now = new Pair(moved.of(pair.first()), moved.of(pair.second()), pair.beside());
            Row wide = row;
            if (count > 0) {
                Row.Widening widening = row.widening(first, count);
                for (int column = first; column < first + count; column++) {
                    int ofFirst = now.first().group(column);
                    int ofSecond = now.second().group(column);
                    if (ofFirst == 0 && ofSecond == 0) {
                        widening.addOther();
                    } else {
                        widening.add(now.of(
                                now.first().standing(ofFirst), now.second().standing(ofSecond)));
                    }
                }
                wide = widening.row();
            }
            moved.later().put(row, wide);
            moved.rows().together.put(now, wide);
        });
    }

    Columns columns() {
        return columns;
    }

    /** How much is kept, of use or not. */
    int kept() {
        return columns.size() + together.size() + known.size();
    }

    /** What the tier says of a pod of the class; pods on the host's network are not its subjects. */
    Row row(int subject) {
        PodClass pod = topology.classes().get(subject);
        if (bands.isEmpty() || pod.hostNetwork()) {
            return Row.UNTOUCHED;
        }
        BitSet selecting = new BitSet();
        for (List<Asked> band : bands) {
            for (Asked each : band) {
                if (each.selects(subject, pod)) {
                    selecting.set(each.number);
                }
            }
        }
        return selecting.isEmpty()
                ? Row.UNTOUCHED
                : known.computeIfAbsent(new Selected(selecting, asksNames ? pod.ports() : NamedPorts.NONE), this::made);
    }

    private Row made(Selected asked) {
        Row made = made(asked, 0, bands.size());
        return made == null ? Row.UNTOUCHED : made;
    }

    /** What the bands from one to another say together, null when none of them speaks: one after the other is associative. */
    private @Nullable Row made(Selected asked, int from, int to) {
        if (to - from == 1) {
            return ofBand(asked, bands.get(from));
        }
        int middle = (from + to) >>> 1;
        Row first = made(asked, from, middle);
        Row second = made(asked, middle, to);
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return together(new Pair(first, second, false));
    }

    private @Nullable Row ofBand(Selected asked, List<Asked> band) {
        Row row = null;
        for (Asked each : band) {
            if (asked.policies().get(each.number)) {
                Row own = row(each, asked.names());
                row = row == null ? own : together(new Pair(row, own, true));
            }
        }
        return row;
    }

    private Row together(Pair pair) {
        return together.computeIfAbsent(pair, both -> both.first().with(both.second(), both::of));
    }

    /** For each policy, by its place among the tier's, those of its priority that decide some connection otherwise. */
    Map<TieredPolicy, Set<TieredPolicy>> ambiguous() {
        Map<TieredPolicy, Set<TieredPolicy>> ambiguous = new LinkedHashMap<>();
        for (List<Asked> band : bands) {
            for (Asked each : band) {
                for (Asked other : band) {
                    if (!other.policy.id().equals(each.policy.id()) && disagree(each, other)) {
                        ambiguous
                                .computeIfAbsent(each.policy, unused -> new LinkedHashSet<>())
                                .add(other.policy);
                    }
                }
            }
        }
        return ambiguous;
    }

    private boolean disagree(Asked one, Asked other) {
        Set<Object> actions = new HashSet<>();
        one.policy.rules(direction).forEach(rule -> actions.add(rule.action()));
        other.policy.rules(direction).forEach(rule -> actions.add(rule.action()));
        if (actions.size() < 2 || one.subjects == null || other.subjects == null) {
            return false;
        }
        BitSet both = (BitSet) one.subjects.clone();
        both.and(other.subjects);
        // Rows differ by the subject only where rules ask for ports by name.
        Set<NamedPorts> asked = new HashSet<>();
        for (int subject = both.nextSetBit(0); subject >= 0; subject = both.nextSetBit(subject + 1)) {
            PodClass pod = topology.classes().get(subject);
            if (asked.add(pod.ports()) && row(one, pod.ports()).disagreesWith(row(other, pod.ports()))) {
                return true;
            }
        }
        return false;
    }

    private Row row(Asked asked, NamedPorts subject) {
        return asked.rows.computeIfAbsent(
                asked.asksNames ? subject : NamedPorts.NONE,
                names -> build(asked.policy, names, columns, sets, columns.size()));
    }

    private Row build(TieredPolicy policy, NamedPorts names, Columns columns, ColumnSets sets, int width) {
        Row.Builder row = new Row.Builder(Standing.UNTOUCHED);
        for (TieredRule rule : policy.rules(direction)) {
            Grant grant =
                    switch (direction) {
                        case INGRESS -> rule.grant().at(names);
                        case EGRESS -> rule.grant();
                    };
            Matched peers = sets.of(grant.peers());
            decide(row, peers.certain(), rule, grant, true, columns);
            decide(row, peers.unsure(), rule, grant, false, columns);
        }
        Row built = row.build(width);
        return policy.inForce() ? built : built.with(Row.UNTOUCHED, Standing::or);
    }

    private static void decide(
            Row.Builder row, BitSet peers, TieredRule rule, Grant grant, boolean certain, Columns columns) {
        if (grant.ports().named().isEmpty()) {
            PortSet ports = grant.ports().fixed();
            row.change(peers, standing -> standing.decide(rule.action(), ports, certain));
            return;
        }
        Map<PortSet, BitSet> byPorts = new LinkedHashMap<>();
        for (int column = peers.nextSetBit(0); column >= 0; column = peers.nextSetBit(column + 1)) {
            byPorts.computeIfAbsent(grant.ports().at(columns.names(column)), unused -> new BitSet())
                    .set(column);
        }
        byPorts.forEach(
                (ports, members) -> row.change(members, standing -> standing.decide(rule.action(), ports, certain)));
        BitSet strangers = (BitSet) peers.clone();
        strangers.and(columns.strangers());
        PortSet any = grant.ports().anyNumbers();
        row.change(strangers, standing -> standing.decide(rule.action(), any, false));
    }
}
