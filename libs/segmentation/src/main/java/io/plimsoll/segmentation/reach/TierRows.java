package io.plimsoll.segmentation.reach;

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
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final List<List<AskedPolicy>> bands;

    /** Peers that rules of the tier name. */
    private final Set<Peer> told;

    /** Whether rules of the tier ask for ports by the names that subjects, or that peers, have for them. */
    private final boolean asksNames;

    private final boolean asksPeersNames;
    private final Selections selections;

    /** What is put together of two, in the order in which it was made. */
    private final Map<Pair, LastingRow> together;

    /** Held while columns are added to rows: they are made of each other, by whoever asks first. */
    private final Object adding;

    /** Two rows, one after the other or side by side. */
    private record Pair(LastingRow first, LastingRow second, boolean beside) {

        Standing of(Standing one, Standing other) {
            return beside ? one.besides(other) : one.then(other);
        }

        /** Adds to what was made of both the columns that both have since. */
        void addTo(LastingRow row, int from, int more) {
            Row.Widening widening = row.now().widening(from, more);
            Row one = first.now();
            Row other = second.now();
            for (int column = from; column < from + more; column++) {
                int ofFirst = one.group(column);
                int ofSecond = other.group(column);
                if (ofFirst == 0 && ofSecond == 0) {
                    widening.addOther();
                } else {
                    widening.add(of(one.standing(ofFirst), other.standing(ofSecond)));
                }
            }
            row.become(widening.row());
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
        this.bands = bands(asked, direction, peerSets);
        this.columns = Columns.of(topology, sets(told, peerSets), asksPeersNames, new BitSet(), peerSets.hosts());
        this.sets = new ColumnSets(columns, peerSets);
        this.signatures = new Signatures(sets, told, asksPeersNames);
        this.selections = new Selections(topology);
        this.together = new LinkedHashMap<>();
        this.adding = new Object();
    }

    /**
     * @param bands of policies, later
     * @param told as they name them
     */
    private TierRows(
            TierRows before,
            Step step,
            Columns columns,
            List<List<AskedPolicy>> bands,
            Set<Peer> told,
            Selections selections) {
        this.topology = step.topology();
        this.direction = before.direction;
        this.columns = columns;
        this.sets = new ColumnSets(columns, step.ofTiers());
        this.signatures = before.signatures;
        this.asksNames = before.asksNames;
        this.asksPeersNames = before.asksPeersNames;
        this.bands = bands;
        this.told = told;
        this.selections = selections;
        this.together = before.together;
        this.adding = before.adding;
    }

    /** By priority the policies of the tier that have rules in the direction. */
    private static List<List<TieredPolicy>> asked(TieredPolicies policies, Tier tier, Direction direction) {
        return policies.bands(tier).stream()
                .map(band -> band.readings().stream()
                        .filter(policy -> !policy.rules(direction).isEmpty())
                        .toList())
                .toList();
    }

    private static List<List<AskedPolicy>> bands(
            List<List<TieredPolicy>> asked, Direction direction, PeerSets peerSets) {
        List<List<AskedPolicy>> bands = new ArrayList<>();
        int number = 0;
        for (List<TieredPolicy> band : asked) {
            List<AskedPolicy> equal = new ArrayList<>();
            for (TieredPolicy policy : band) {
                BitSet subjects = peerSets.selected(policy.subject());
                equal.add(new AskedPolicy(policy, number++, subjects, AskedPolicy.asksNames(policy, direction)));
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
    TierRows later(Step step, Tier tier) {
        boolean untouched = step.policies().tiers() == step.before().tiers();
        List<List<TieredPolicy>> asked =
                untouched ? List.of() : asked(step.policies().tiers(), tier, direction);
        Set<Peer> peers = untouched ? told : peers(asked, direction);
        if (!untouched && named(asked, direction) != (asksNames || asksPeersNames)) {
            return new TierRows(step.topology(), step.policies().tiers(), tier, direction, step.ofTiers());
        }
        Renewal renewal = untouched ? Renewal.alike(bands) : Renewal.of(bands, asked, direction, step.ofTiers());
        boolean same = renewal.change().others().isEmpty();
        Set<Peer> came = differing(peers, told);
        signatures.left(differing(told, peers), sets);
        Columns.Arrival arrival = new Columns.Arrival(
                signatures, signatures.of(step.newcomers(), step.newcomers()::meantByTiers, asksPeersNames));
        boolean byNames = asksPeersNames && step.namesChanged();
        Widened widened = columns.later(
                        step, arrival, sets(came, step.ofTiers()), asksPeersNames, byNames, new BitSet())
                .orElseThrow();
        boolean renamed = asksNames && step.namesChanged();
        if (!same) {
            forget(renewal.bands());
        }
        if (!widened.further().isEmpty()) {
            Newcomers arrived = step.newcomers().with(widened, step.topology());
            synchronized (adding) {
                widen(renewal.bands(), widened, arrived);
            }
        }
        Selections selected =
                same && !renamed ? selections.later(step) : selections.later(step, renewal.change(), renamed);
        TierRows rows = new TierRows(this, step, widened.columns(), renewal.bands(), peers, selected);
        signatures.widened(widened, came, rows.sets, asksPeersNames, byNames);
        return rows;
    }

    /** Forgets what was made of rows that no policy has any more: what a row is made of was made before it. */
    private void forget(List<List<AskedPolicy>> later) {
        Set<LastingRow> valid = Collections.newSetFromMap(new IdentityHashMap<>());
        later.forEach(band -> band.forEach(one -> valid.addAll(one.rows.values())));
        together.entrySet().removeIf(entry -> {
            Pair pair = entry.getKey();
            boolean stays = valid.contains(pair.first()) && valid.contains(pair.second());
            if (stays) {
                valid.add(entry.getValue());
            }
            return !stays;
        });
    }

    private static Set<Peer> differing(Set<Peer> some, Set<Peer> others) {
        if (some == others) {
            return Set.of();
        }
        Set<Peer> differing = new LinkedHashSet<>(some);
        differing.removeAll(others);
        return differing;
    }

    /**
     * Adds the further columns to rows of policies, and then to what is made of those.
     *
     * @param later policies of which those that say what they said have their rows
     */
    private void widen(List<List<AskedPolicy>> later, Widened widened, Newcomers newcomers) {
        Columns each = Columns.each(newcomers.topology(), asksPeersNames, newcomers.hosts());
        ColumnSets ofThem = new ColumnSets(each, newcomers.ofTiers(), newcomers.size());
        for (List<AskedPolicy> band : later) {
            for (AskedPolicy one : band) {
                one.rows.forEach((names, row) -> {
                    Row theirs = newcomers.isEmpty()
                            ? Row.UNTOUCHED
                            : build(one.policy, names, each, ofThem, newcomers.size());
                    widened.addTo(row, theirs);
                });
            }
        }
        together.forEach((pair, row) -> {
            if (row.isMade()) {
                pair.addTo(row, widened.before(), widened.further().size());
            }
        });
    }

    Columns columns() {
        return columns;
    }

    /** How much is kept, of use or not. */
    int kept() {
        return columns.size() + together.size() + selections.size();
    }

    /** What the tier says of all classes; pods on the host's network are not its subjects. */
    SelectedRows selected() {
        return bands.isEmpty() ? SelectedRows.NONE : selections.rows(this::selected, this::made);
    }

    private Selections.Selected selected(int subject) {
        PodClass pod = topology.classes().get(subject);
        BitSet selecting = new BitSet();
        for (List<AskedPolicy> band : bands) {
            for (AskedPolicy each : band) {
                if (each.selects(subject, pod)) {
                    selecting.set(each.number);
                }
            }
        }
        return new Selections.Selected(selecting, asksNames ? pod.ports() : NamedPorts.NONE);
    }

    private LastingRow made(Selections.Selected asked) {
        if (asked.policies().isEmpty()) {
            return LastingRow.UNTOUCHED;
        }
        LastingRow made = made(asked, 0, bands.size());
        return made == null ? LastingRow.UNTOUCHED : made;
    }

    /** What the bands from one to another say together, null when none of them speaks: one after the other is associative. */
    private @Nullable LastingRow made(Selections.Selected asked, int from, int to) {
        if (to - from == 1) {
            return ofBand(asked, bands.get(from));
        }
        int middle = (from + to) >>> 1;
        LastingRow first = made(asked, from, middle);
        LastingRow second = made(asked, middle, to);
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return together(new Pair(first, second, false));
    }

    private @Nullable LastingRow ofBand(Selections.Selected asked, List<AskedPolicy> band) {
        LastingRow row = null;
        for (AskedPolicy each : band) {
            if (asked.policies().get(each.number)) {
                LastingRow own = row(each, asked.names());
                row = row == null ? own : together(new Pair(row, own, true));
            }
        }
        return row;
    }

    private LastingRow together(Pair pair) {
        // Those of one priority may be many, and each is made of the one before: not when asked, one within the other.
        return together.computeIfAbsent(
                pair,
                both -> both.beside()
                        ? new LastingRow(both.first().now().with(both.second().now(), both::of))
                        : LastingRow.of(both.first(), both.second(), both::of, adding));
    }

    /** For each policy, by its place among the tier's, those of its priority that decide some connection otherwise. */
    Map<TieredPolicy, Set<TieredPolicy>> ambiguous() {
        Map<TieredPolicy, Set<TieredPolicy>> ambiguous = new LinkedHashMap<>();
        for (List<AskedPolicy> band : bands) {
            for (AskedPolicy each : band) {
                for (AskedPolicy other : band) {
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

    private boolean disagree(AskedPolicy one, AskedPolicy other) {
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
            if (asked.add(pod.ports())
                    && row(one, pod.ports())
                            .now()
                            .disagreesWith(row(other, pod.ports()).now())) {
                return true;
            }
        }
        return false;
    }

    private LastingRow row(AskedPolicy asked, NamedPorts subject) {
        return asked.rows.computeIfAbsent(
                asked.asksNames ? subject : NamedPorts.NONE,
                names -> new LastingRow(build(asked.policy, names, columns, sets, columns.size())));
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
