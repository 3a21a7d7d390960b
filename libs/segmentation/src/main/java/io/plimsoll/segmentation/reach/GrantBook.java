package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What NetworkPolicies grant in one direction, by number: peers with how many rules in force name them, grants, and the rows made of grants
 * so far. One book goes from each state of a cluster to the next. One thread.
 */
final class GrantBook {

    private final Direction direction;
    private final Map<Peer, Integer> peerNumbers = new HashMap<>();
    private final List<@Nullable Peer> peers = new ArrayList<>();
    private int[] inForce = new int[64];

    /** Numbers of peers that are pods, by the namespaces these are in. */
    private final Map<Peer.Namespaces, Set<Integer>> numbersByNamespaces = new HashMap<>();

    /** Numbers of all others. */
    private final Set<Integer> numbersOfOthers = new HashSet<>();

    /** How many rules in force ask for ports by name. */
    private int named;

    private final Map<Grant, Integer> numbers = new HashMap<>();
    private final List<@Nullable Grant> grants = new ArrayList<>();

    /** For each grant the numbers of its peers. */
    private final List<int[]> peersOf = new ArrayList<>();

    private final Map<Rule, Map<NamedPorts, Integer>> numbersOf = new IdentityHashMap<>();

    private final Map<Granted, LastingRow> rows = new HashMap<>();

    /** For each grant those with it of which there are rows. */
    private final List<Set<Granted>> rowsOf = new ArrayList<>();

    GrantBook(Direction direction) {
        this.direction = direction;
    }

    /** Peers that rules name now and did not before, and others that they named and do not now. */
    record Turnover(Set<Peer> came, Set<Peer> left) {}

    Turnover exchange(List<DeclaredPolicy> gone, List<DeclaredPolicy> come) {
        Set<Integer> came = new HashSet<>();
        Set<Integer> left = new HashSet<>();
        rules(come).forEach(rule -> {
            named += rule.grant().ports().named().isEmpty() ? 0 : 1;
            for (Peer peer : rule.grant().peers()) {
                int number = numberOf(peer);
                if (inForce[number]++ == 0) {
                    came.add(number);
                }
            }
        });
        rules(gone).forEach(rule -> {
            named -= rule.grant().ports().named().isEmpty() ? 0 : 1;
            numbersOf.remove(rule);
            for (Peer peer : rule.grant().peers()) {
                int number = numberOf(peer);
                if (--inForce[number] == 0) {
                    left.add(number);
                }
            }
        });
        Set<Peer> fresh = new HashSet<>();
        for (int number : came) {
            Peer peer = peers.get(number);
            if (peer != null && inForce[number] > 0) {
                fresh.add(peer);
            }
        }
        Set<Peer> gonePeers = new HashSet<>();
        for (int number : left) {
            Peer peer = peers.set(number, null);
            if (peer != null) {
                peerNumbers.remove(peer);
                leave(peer, number);
                gonePeers.add(peer);
            }
        }
        return new Turnover(fresh, gonePeers);
    }

    private List<Rule> rules(List<DeclaredPolicy> policies) {
        return policies.stream()
                .flatMap(policy -> policy.readings().stream())
                .flatMap(policy -> policy.rules(direction).stream())
                .toList();
    }

    private int numberOf(Peer peer) {
        Integer known = peerNumbers.putIfAbsent(peer, peers.size());
        if (known != null) {
            return known;
        }
        int number = peers.size();
        peers.add(peer);
        numbersIn(peer).add(number);
        if (peers.size() > inForce.length) {
            inForce = Arrays.copyOf(inForce, inForce.length * 2);
        }
        return number;
    }

    /** Where the numbers of the peer and its like are. */
    private Set<Integer> numbersIn(Peer peer) {
        return peer instanceof Peer.Pods pods
                ? numbersByNamespaces.computeIfAbsent(pods.namespaces(), unused -> new HashSet<>())
                : numbersOfOthers;
    }

    private void leave(Peer peer, int number) {
        Set<Integer> numbers = numbersIn(peer);
        numbers.remove(number);
        if (numbers.isEmpty() && peer instanceof Peer.Pods pods) {
            numbersByNamespaces.remove(pods.namespaces());
        }
    }

    /** Whether some rule asks for ports by name. */
    boolean asksNames() {
        return named > 0;
    }

    /** Peers that some rule in force names. */
    Set<Peer> peers() {
        return peerNumbers.keySet();
    }

    /** How much is kept, of use or not. */
    int kept() {
        return grants.size() + rows.size();
    }

    Grant grant(int number) {
        Grant grant = grants.get(number);
        if (grant == null) {
            throw new IllegalStateException("a grant of which the peers are forgotten");
        }
        return grant;
    }

    /** Equal grants of different policies have one number. Names of ports are those of the pods that receive. */
    int number(Rule rule, NamedPorts subject) {
        boolean resolved =
                direction == Direction.INGRESS && !rule.grant().ports().named().isEmpty();
        return numbersOf
                .computeIfAbsent(rule, unused -> new HashMap<>(2))
                .computeIfAbsent(
                        resolved ? subject : NamedPorts.NONE,
                        ports -> number(resolved ? rule.grant().at(ports) : rule.grant()));
    }

    private int number(Grant grant) {
        return numbers.computeIfAbsent(grant, fresh -> {
            grants.add(fresh);
            rowsOf.add(new HashSet<>(2));
            peersOf.add(fresh.peers().stream().mapToInt(this::numberOf).toArray());
            return grants.size() - 1;
        });
    }

    LastingRow row(Granted granted, Function<Granted, Row> make) {
        LastingRow known = rows.get(granted);
        if (known == null) {
            known = new LastingRow(make.apply(granted));
            rows.put(granted, known);
            for (int grant : granted.numbers()) {
                rowsOf.get(grant).add(granted);
            }
        }
        return known;
    }

    /** Forgets grants that speak of what no rule in force does, as nobody tells any more what they mean. */
    void forget(Set<NamedPort> told) {
        BitSet dead = new BitSet();
        for (int g = 0; g < grants.size(); g++) {
            Grant grant = grants.get(g);
            if (grant != null && !isTold(grant, g, told)) {
                dead.set(g);
                numbers.remove(grant);
                grants.set(g, null);
            }
        }
        for (Granted granted : with(dead)) {
            rows.remove(granted);
            for (int grant : granted.numbers()) {
                rowsOf.get(grant).remove(granted);
            }
        }
    }

    private boolean isTold(Grant grant, int number, Set<NamedPort> told) {
        for (int peer : peersOf.get(number)) {
            if (peers.get(peer) == null) {
                return false;
            }
        }
        return grant.ports().named().isEmpty() || told.containsAll(grant.ports().named());
    }

    /**
     * Peers in force that may mean somebody in some namespaces.
     *
     * @param any whether any of the namespaces is meant
     */
    List<Peer> peersIn(Predicate<Peer.Namespaces> any) {
        List<Peer> found = new ArrayList<>();
        numbersOfOthers.forEach(number -> add(number, found));
        numbersByNamespaces.forEach((namespaces, numbers) -> {
            if (any.test(namespaces)) {
                numbers.forEach(number -> add(number, found));
            }
        });
        return found;
    }

    private void add(int number, List<Peer> found) {
        Peer peer = peers.get(number);
        if (peer != null) {
            found.add(peer);
        }
    }

    /** Grants to any of these peers. */
    BitSet grantsTo(Collection<Peer> meant) {
        BitSet wanted = new BitSet();
        meant.forEach(peer -> {
            Integer number = peerNumbers.get(peer);
            if (number != null) {
                wanted.set(number);
            }
        });
        BitSet found = new BitSet();
        for (int g = 0; g < grants.size(); g++) {
            for (int peer : peersOf.get(g)) {
                if (wanted.get(peer) && grants.get(g) != null) {
                    found.set(g);
                }
            }
        }
        return found;
    }

    /** Those with any of some grants of which there are rows. */
    private Set<Granted> with(BitSet wanted) {
        Set<Granted> found = new HashSet<>();
        for (int grant = wanted.nextSetBit(0); grant >= 0; grant = wanted.nextSetBit(grant + 1)) {
            found.addAll(rowsOf.get(grant));
        }
        return found;
    }

    /** Rows so far of those with any of some grants. */
    void forEachRowWith(BitSet wanted, BiConsumer<Granted, LastingRow> each) {
        with(wanted).forEach(granted -> each.accept(granted, Objects.requireNonNull(rows.get(granted))));
    }

    /** Rows so far of all others. */
    void forEachOtherRow(BitSet unwanted, Consumer<LastingRow> each) {
        rows.forEach((granted, row) -> {
            if (!granted.intersects(unwanted)) {
                each.accept(row);
            }
        });
    }
}
