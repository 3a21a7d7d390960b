package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads whom one rule of a Cilium policy speaks of. */
final class CiliumPeers {

    private static final List<AddressRange> EVERYWHERE =
            List.of(AddressRange.every(AddressFamily.IPV4), AddressRange.every(AddressFamily.IPV6));
    private static final Peer.Nodes HOSTS = new Peer.Nodes(LabelSelector.EVERYTHING);

    /** The local host of a pod, or hosts but that one: which pods on the network of hosts that is depends on where pods run. */
    static final Peer SOME_HOST = new Peer.Perhaps(HOSTS);

    private static final Peer EVERY_POD =
            new Peer.Pods(new Peer.Namespaces.Labelled(LabelSelector.EVERYTHING), LabelSelector.EVERYTHING);

    /** Known to the engine by no label and no address. */
    private static final List<String> NOT_UNDERSTOOD = List.of("Requires", "Nodes", "Groups", "Services");

    private static final Set<String> BESIDE = Set.of("toPorts", "icmps");

    private final Value rule;
    private final String prefix;
    private final Direction direction;
    private final Action action;
    private final Resource policy;
    private final String path;
    private final ProblemLog log;
    private final Set<Peer> peers = new HashSet<>();
    private boolean understood = true;

    CiliumPeers(Value rule, Direction direction, Action action, Resource policy, String path, ProblemLog log) {
        this.rule = rule;
        this.prefix = direction == Direction.INGRESS ? "from" : "to";
        this.direction = direction;
        this.action = action;
        this.policy = policy;
        this.path = path;
        this.log = log;
    }

    /**
     * The peers, none where the rule matches nobody; nothing when it is not understood. "If omitted or empty, the member will have
     * no effect on the rule"; a rule without any member puts pods "into default deny mode without whitelisting other peers"
     * (Cilium, Layer 3 Examples), one with ports alone is of "any layer 3 destination" (Layer 4 Examples).
     */
    Optional<Set<Peer>> read() {
        if (!(rule instanceof Value.Obj written)) {
            log.add(rule, path, "a rule is a mapping");
            return Optional.empty();
        }
        List<String> members = new ArrayList<>();
        for (String field : written.fields().keySet()) {
            if (BESIDE.contains(field)) {
                continue;
            }
            // An empty list has not always meant the same.
            if (!field.startsWith(prefix) || rule.items(field).isEmpty()) {
                return Optional.empty();
            }
            members.add(field);
        }
        if (members.size() > 1) {
            log.add(rule, path, "combining " + String.join(" and ", members) + " in one rule is not supported");
            return Optional.empty();
        }
        if (members.isEmpty()) {
            return ofNobodyNamed();
        }
        member(members.getFirst());
        return understood ? Optional.of(peers) : Optional.empty();
    }

    private Optional<Set<Peer>> ofNobodyNamed() {
        boolean ports = !rule.items("toPorts").isEmpty();
        boolean messages = !rule.items("icmps").isEmpty();
        if (ports || messages) {
            return Optional.of(Set.of(new Peer.Everyone()));
        }
        return action == Action.ACCEPT ? Optional.of(Set.of()) : Optional.empty();
    }

    private void member(String field) {
        String kind = field.substring(prefix.length());
        List<Value> items = rule.items(field);
        for (int i = 0; i < items.size(); i++) {
            Value item = items.get(i);
            String where = path + "." + field + "[" + i + "]";
            switch (kind) {
                case "Endpoints" ->
                    CiliumSelectors.peer(item, policy).ifPresentOrElse(peers::add, () -> understood = false);
                case "Entities" -> entity(item, where);
                case "CIDR" -> address(item, where);
                case "CIDRSet" -> block(item, where);
                case "FQDNs" -> name(item, where);
                default -> {
                    understood = false;
                    if (!NOT_UNDERSTOOD.contains(kind)) {
                        log.add(item, where, "a rule has no field " + field);
                    }
                }
            }
        }
        if (kind.equals("Entities") && entities().containsAll(Set.of("host", "remote-node"))) {
            peers.add(HOSTS);
        }
    }

    private Set<String> entities() {
        return Set.copyOf(rule.at(prefix + "Entities").texts());
    }

    /** Cilium, "Entities based". */
    private void entity(Value item, String where) {
        String name = item.text().orElse("");
        switch (name) {
            case "all" -> peers.add(new Peer.Everyone());
            case "world" -> peers.add(new Peer.World(EVERYWHERE));
            case "world-ipv4" -> peers.add(new Peer.World(List.of(AddressRange.every(AddressFamily.IPV4))));
            case "world-ipv6" -> peers.add(new Peer.World(List.of(AddressRange.every(AddressFamily.IPV6))));
            case "cluster" -> {
                peers.add(EVERY_POD);
                peers.add(HOSTS);
            }
            case "host", "remote-node" -> peers.add(SOME_HOST);
            case "kube-apiserver" -> {
                peers.add(new Peer.Perhaps(new Peer.World(EVERYWHERE)));
                peers.add(SOME_HOST);
            }
            // None of them is a pod of a workload.
            case "init", "health", "unmanaged", "none" -> {}
            case "ingress" -> understood = false;
            default -> log.add(item, where, "there is no entity \"" + name + "\"");
        }
    }

    /** A prefix, or one address. */
    private void address(Value item, String where) {
        String written = item.text().orElse("");
        Optional<AddressRange> range = AddressRange.ofCidr(written)
                .or(() -> Address.parse(written).map(address -> new AddressRange(address, address)));
        if (range.isEmpty()) {
            log.add(item, where, "\"" + written + "\" is not a CIDR");
        } else {
            peers.add(new Peer.World(List.of(range.get())));
        }
    }

    private void block(Value item, String where) {
        if (!(item instanceof Value.Obj written)
                || !Set.of("cidr", "except").containsAll(written.fields().keySet())) {
            // Groups of CIDRs live elsewhere.
            understood = false;
            return;
        }
        Optional<AddressRange> range = AddressRange.ofCidr(item.text("cidr"));
        if (range.isEmpty()) {
            log.add(item, where + ".cidr", "\"" + item.text("cidr") + "\" is not a CIDR");
            return;
        }
        List<AddressRange> excepted = new ArrayList<>();
        for (Value except : item.items("except")) {
            String text = except.text().orElse("");
            Optional<AddressRange> out = AddressRange.ofCidr(text);
            if (out.isEmpty() || !range.get().contains(out.get())) {
                log.add(except, where + ".except", "\"" + text + "\" is no CIDR within " + item.text("cidr"));
            } else {
                excepted.add(out.get());
            }
        }
        peers.add(new Peer.World(range.get().without(excepted)));
    }

    private void name(Value item, String where) {
        String name = item.text("matchName").isEmpty() ? item.text("matchPattern") : item.text("matchName");
        if (name.isEmpty()) {
            log.add(item, where, "a name has matchName or matchPattern");
        } else if (action == Action.DENY || direction == Direction.INGRESS) {
            log.add(item, where, "names are of rules that allow egress");
        } else {
            peers.add(new Peer.Domains(List.of(name)));
        }
    }
}
