package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code toPorts} of one rule of a Cilium policy: Cilium, "Layer 4 Examples". */
final class CiliumPorts {

    /** As Cilium has it. */
    private static final int PORTS_MAX = 40;

    private static final Set<String> FIELDS =
            Set.of("ports", "rules", "serverNames", "listener", "terminatingTLS", "originatingTLS");
    private static final Pattern SERVICE_NAME =
            Pattern.compile("(?=.{1,15}$)(?=.*[A-Za-z])(?!.*--)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");

    private CiliumPorts() {}

    /** One grant for each item, or one for a rule without; nothing when it is not understood. Messages (ICMP) have no ports. */
    static Optional<List<Grant>> read(Value rule, Set<Peer> peers, Action action, String path, ProblemLog log) {
        Value list = rule.at("toPorts");
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, path + ".toPorts", "toPorts is a list");
            return Optional.empty();
        }
        boolean messages = !rule.items("icmps").isEmpty();
        List<Value> items = list.items();
        if (peers.isEmpty() || messages && items.isEmpty()) {
            return Optional.of(List.of());
        }
        if (messages) {
            log.add(rule, path, "a rule has toPorts or icmps, not both");
            return Optional.empty();
        }
        if (items.isEmpty()) {
            return Optional.of(List.of(new Grant(peers, Ports.ALL)));
        }
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Value item = items.get(i);
            String where = path + ".toPorts[" + i + "]";
            if (!(item instanceof Value.Obj written)
                    || !FIELDS.containsAll(written.fields().keySet())) {
                return Optional.empty();
            }
            boolean inPart = isForSomeRequests(item);
            if (inPart && action == Action.DENY) {
                log.add(item, where, "a rule that denies looks at ports alone");
                return Optional.empty();
            }
            grants.add(new Grant(inPart ? inPart(peers) : peers, ports(item, where, log)));
        }
        return Optional.of(grants);
    }

    private static Set<Peer> inPart(Set<Peer> peers) {
        return peers.stream().map(Peer.Perhaps::new).collect(Collectors.toUnmodifiableSet());
    }

    /** True where what passes depends on what is sent: requests, names asked for, names of servers. */
    private static boolean isForSomeRequests(Value item) {
        Value rules = item.at("rules");
        boolean allNames = rules.items("dns").stream()
                .anyMatch(name -> name.text("matchPattern").equals("*"));
        boolean allRequests = rules.items("http").stream()
                .anyMatch(request ->
                        request instanceof Value.Obj http && http.fields().isEmpty());
        boolean asks = rules instanceof Value.Obj written && !written.fields().isEmpty();
        return asks && !allNames && !allRequests
                || !item.items("serverNames").isEmpty()
                || item.at("listener").present();
    }

    private static Ports ports(Value item, String path, ProblemLog log) {
        List<Value> items = item.items("ports");
        if (items.isEmpty()) {
            return Ports.ALL;
        }
        if (items.size() > PORTS_MAX) {
            log.add(item.at("ports"), path + ".ports", items.size() + " ports, at most " + PORTS_MAX + " are taken");
            return Ports.NONE;
        }
        PortSet fixed = PortSet.NONE;
        Set<NamedPort> named = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            Value port = items.get(i);
            String where = path + ".ports[" + i + "]";
            List<Protocol> protocols = protocols(port, where, log);
            String written = port.text("port");
            OptionalLong number = number(port.at("port"));
            if (number.isEmpty() && SERVICE_NAME.matcher(written).matches()) {
                protocols.forEach(protocol -> named.add(new NamedPort(protocol, written)));
            } else if (number.isEmpty() || number.getAsLong() < 0 || number.getAsLong() > PortSet.PORT_MAX) {
                log.add(port, where + ".port", "\"" + written + "\" is neither a number nor the name of a port");
            } else {
                for (Protocol protocol : protocols) {
                    fixed = fixed.union(numbers(protocol, (int) number.getAsLong(), port, where, log));
                }
            }
        }
        return new Ports(fixed, named);
    }

    /** Written as text, or by mistake as a number, which an API server refuses. */
    private static OptionalLong number(Value port) {
        String text = port.text().orElse("");
        return text.matches("[0-9]{1,6}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Port 0 stands for all of them. */
    private static PortSet numbers(Protocol protocol, int first, Value port, String path, ProblemLog log) {
        if (first == 0) {
            return PortSet.of(protocol, 1, PortSet.PORT_MAX);
        }
        long last = port.at("endPort").integer().orElse(0);
        if (last == 0) {
            return PortSet.of(protocol, first);
        }
        if (last < first || last > PortSet.PORT_MAX) {
            log.add(port.at("endPort"), path + ".endPort", "endPort " + last + " is no port from " + first + " on");
            return PortSet.NONE;
        }
        return PortSet.of(protocol, first, (int) last);
    }

    /** "If omitted or empty, any protocol matches." */
    private static List<Protocol> protocols(Value port, String path, ProblemLog log) {
        String written = port.text("protocol");
        if (written.isEmpty() || written.equalsIgnoreCase("ANY")) {
            return List.of(Protocol.values());
        }
        Optional<Protocol> protocol = Protocol.of(written.toUpperCase(java.util.Locale.ROOT));
        if (protocol.isEmpty() && !written.toUpperCase(java.util.Locale.ROOT).startsWith("ICMP")) {
            log.add(
                    port.at("protocol"),
                    path + ".protocol",
                    "the protocol is TCP, UDP, SCTP or ANY, not \"" + written + "\"");
        }
        return protocol.map(List::of).orElse(List.of());
    }
}
