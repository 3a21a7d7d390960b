package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Rule;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Makes the row of a class in one direction from the NetworkPolicies that select it. Classes with the same grants share one row, whichever
 * policies the grants come from. One thread.
 */
final class GrantRows {

    /** Of a pod that something isolates and nothing is granted to. */
    private static final Row DENIED = new Row.Builder(Standing.DENIED).build(0);

    private static final BitSet NOBODY = new BitSet(0);

    /**
     * Columns as grants look at them.
     *
     * @param meant those that some peers mean, not to be changed
     * @param names of each that its members have for ports
     */
    private record Looked(Function<Collection<Peer>, BitSet> meant, IntFunction<NamedPorts> names, BitSet strangers) {}

    private final Topology topology;
    private final PolicySet policies;
    private final Direction direction;
    private final ClassIndex index;
    private final GrantBook book;
    private final Columns columns;
    private final ColumnSets sets;
    private final Signatures signatures;
    private final Map<String, List<Asked>> byNamespace = new HashMap<>();

    /** One policy with the classes that each of its readings selects. */
    private record Asked(DeclaredPolicy policy, List<BitSet> subjects) {

        boolean isolates(int subject, Direction direction) {
            for (int r = 0; r < subjects.size(); r++) {
                if (!subjects.get(r).get(subject)
                        || !policy.readings().get(r).rules().containsKey(direction)) {
                    return false;
                }
            }
            return true;
        }
    }

    GrantRows(Topology topology, PolicySet policies, Direction direction, ClassIndex index, PeerSets peerSets) {
        this.topology = topology;
        this.policies = policies;
        this.direction = direction;
        this.index = index;
        this.book = new GrantBook(direction);
        book.exchange(List.of(), policies.declared());
        List<BitSet> told = book.peers().stream()
                .map(peer -> peerSets.of(List.of(peer)).certain())
                .toList();
        this.columns = Columns.of(topology, told, asksPeersNames(), index.hosts(), index.hosts());
        this.sets = new ColumnSets(columns, peerSets);
        this.signatures = new Signatures(sets, book.peers(), asksPeersNames());
    }

    private GrantRows(GrantRows before, Step step, Columns columns) {
        this.topology = step.topology();
        this.policies = step.policies();
        this.direction = before.direction;
        this.index = step.index();
        this.book = before.book;
        this.columns = columns;
        this.sets = new ColumnSets(columns, step.ofNetworkPolicy());
        this.signatures = before.signatures;
    }

    private boolean asksPeersNames() {
        return direction == Direction.EGRESS && book.asksNames();
    }

    /**
     * Makes the rows there are those of a later state; this one is not to be asked after it. Nothing where it has to begin from nothing.
     */
    Optional<GrantRows> later(Step step) {
        boolean named = asksPeersNames();
        GrantBook.Turnover turnover = book.exchange(
                step.namespaces().stream()
                        .flatMap(namespace -> step.before().in(namespace).stream())
                        .toList(),
                step.namespaces().stream()
                        .flatMap(namespace -> step.policies().in(namespace).stream())
                        .toList());
        if (!turnover.left().isEmpty() || step.namesChanged()) {
            book.forget(step.words().ports());
        }
        signatures.left(turnover.left(), sets);
        List<BitSet> told = turnover.came().stream()
                .map(peer -> step.ofNetworkPolicy().of(List.of(peer)).certain())
                .toList();
        Newcomers newcomers = step.newcomers();
        Map<Peer, Matched> meaning = meaning(newcomers);
        Columns.Arrival arrival =
                new Columns.Arrival(signatures, signatures.of(newcomers, meaning, named || asksPeersNames()));
        boolean byNames = asksPeersNames() && (!named || step.namesChanged());
        return columns.later(
                        step,
                        arrival,
                        told,
                        asksPeersNames(),
                        byNames,
                        step.index().hosts())
                .map(widened -> {
                    GrantRows rows = new GrantRows(this, step, widened.columns());
                    signatures.widened(widened, turnover.came(), rows.sets, asksPeersNames(), byNames);
                    widen(widened, newcomers, meaning);
                    return rows;
                });
    }

    /** Peers that mean any of the newcomers, and whom of them. */
    private Map<Peer, Matched> meaning(Newcomers newcomers) {
        if (newcomers.isEmpty()) {
            return Map.of();
        }
        Map<Peer, Matched> meaning = new HashMap<>();
        for (Peer peer : book.peersIn(newcomers::anyIn)) {
            Matched meant = newcomers.meantByNetworkPolicy(peer);
            if (!meant.certain().isEmpty()) {
                meaning.put(peer, meant);
            }
        }
        return meaning;
    }

    /** @param meaningThem peers that mean any of all newcomers, and whom of them */
    private void widen(Widened widened, Newcomers all, Map<Peer, Matched> meaningThem) {
        if (widened.further().isEmpty()) {
            return;
        }
        int[] arrived = widened.arrived().map(all::place).toArray();
        Map<Peer, BitSet> meant = new HashMap<>();
        meaningThem.forEach((peer, whom) -> {
            BitSet them = new BitSet(arrived.length);
            for (int a = 0; a < arrived.length; a++) {
                them.set(a, whom.certain().get(arrived[a]));
            }
            if (!them.isEmpty()) {
                meant.put(peer, them);
            }
        });
        BitSet meaning = book.grantsTo(meant.keySet());
        Looked looked = new Looked(
                peers -> {
                    BitSet found = new BitSet(arrived.length);
                    peers.forEach(peer -> found.or(meant.getOrDefault(peer, NOBODY)));
                    return found;
                },
                a -> asksPeersNames() ? all.topology().classes().get(arrived[a]).ports() : NamedPorts.NONE,
                NOBODY);
        Map<Granted, Row> theirs = new HashMap<>();
        book.forEachRowWith(
                meaning,
                (granted, row) -> widened.addTo(
                        row,
                        theirs.computeIfAbsent(
                                granted.in(meaning),
                                grants -> begun(grants, looked).build(arrived.length))));
        if (!widened.ofPeersAlone()) {
            // What is granted to others does not tell a newcomer from all whom nothing is granted to.
            book.forEachOtherRow(meaning, row -> widened.addTo(row, DENIED));
        }
    }

    Columns columns() {
        return columns;
    }

    /** How much is kept, of use or not. */
    int kept() {
        return columns.size() + book.kept();
    }

    /** What NetworkPolicies say of a pod of the class; untouched when none isolates it. */
    LastingRow row(int subject) {
        PodClass pod = topology.classes().get(subject);
        if (pod.host()) {
            return LastingRow.UNTOUCHED;
        }
        boolean isolated = false;
        BitSet granted = new BitSet();
        for (Asked asked : byNamespace.computeIfAbsent(pod.namespace(), this::asked)) {
            isolated |= asked.isolates(subject, direction);
            for (int r = 0; r < asked.subjects().size(); r++) {
                if (asked.subjects().get(r).get(subject)) {
                    for (Rule rule : asked.policy().readings().get(r).rules(direction)) {
                        granted.set(book.number(rule, pod.ports()));
                    }
                }
            }
        }
        return isolated ? book.row(Granted.of(granted), this::build) : LastingRow.UNTOUCHED;
    }

    private List<Asked> asked(String namespace) {
        return policies.in(namespace).stream()
                .map(policy -> new Asked(
                        policy,
                        policy.readings().stream()
                                .map(reading -> index.in(namespace, reading.subject()))
                                .toList()))
                .toList();
    }

    private Row build(Granted granted) {
        Looked looked = new Looked(peers -> sets.of(peers).certain(), columns::names, columns.strangers());
        Row.Builder row = begun(granted, looked);
        if (columns.anywhere() >= 0) {
            // A host pod has the address of its node: where that is not known, it may be any.
            Standing any = row.anyOf(columns.ranges());
            BitSet unlocated = new BitSet();
            unlocated.set(columns.anywhere());
            row.change(unlocated, unused -> any);
        }
        return row.build(columns.size());
    }

    private Row.Builder begun(Granted granted, Looked looked) {
        Row.Builder row = new Row.Builder(Standing.DENIED);
        for (int g : granted.numbers()) {
            Grant grant = book.grant(g);
            BitSet peers = looked.meant().apply(grant.peers());
            allow(row, peers, grant.ports().fixed());
            if (!grant.ports().named().isEmpty()) {
                allowNamed(row, peers, grant, looked);
            }
        }
        return row;
    }

    private static void allow(Row.Builder row, BitSet peers, PortSet ports) {
        if (!ports.isEmpty()) {
            row.change(peers, standing -> standing.allow(ports));
        }
    }

    /**
     * Names of ports mean what the destination pod says; external addresses say nothing, and of a pod that is not there
     * it is not known what it will say.
     */
    private static void allowNamed(Row.Builder row, BitSet destinations, Grant grant, Looked looked) {
        Map<PortSet, BitSet> byPorts = new HashMap<>();
        for (int column = destinations.nextSetBit(0); column >= 0; column = destinations.nextSetBit(column + 1)) {
            PortSet ports = grant.ports().at(looked.names().apply(column));
            byPorts.computeIfAbsent(ports, unused -> new BitSet()).set(column);
        }
        byPorts.forEach((ports, members) -> allow(row, members, ports));
        BitSet strangers = (BitSet) destinations.clone();
        strangers.and(looked.strangers());
        PortSet any = grant.ports().anyNumbers();
        row.change(strangers, standing -> standing.allowPerhaps(any));
    }
}
