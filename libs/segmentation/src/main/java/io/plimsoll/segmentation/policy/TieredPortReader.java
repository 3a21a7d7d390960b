package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads {@code ports} of the older cluster-wide kinds and {@code protocols} of ClusterNetworkPolicy. What cannot be read goes
 * to the log; what is returned then is not to be used.
 */
final class TieredPortReader {

    private static final String ONE_FIELD = "exactly one field must be set";

    private TieredPortReader() {}

    /** Without the field every port of every protocol. */
    static Ports read(Value rule, TieredDialect dialect, String path, ProblemLog log) {
        String field = dialect == TieredDialect.CLUSTER_NETWORK_POLICY ? "protocols" : "ports";
        Value list = rule.at(field);
        if (!list.present()) {
            return Ports.ALL;
        }
        if (list.items().isEmpty()) {
            log.add(list, path + "." + field, field + " is a list of at least one item");
            return Ports.NONE;
        }
        PortSet fixed = PortSet.NONE;
        Set<NamedPort> named = new HashSet<>();
        List<Value> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            String where = path + "." + field + "[" + i + "]";
            Ports ports = dialect == TieredDialect.CLUSTER_NETWORK_POLICY
                    ? protocol(items.get(i), where, log)
                    : port(items.get(i), where, log);
            fixed = fixed.union(ports.fixed());
            named.addAll(ports.named());
        }
        return new Ports(fixed, named);
    }

    private static Ports port(Value item, String path, ProblemLog log) {
        if (!(item instanceof Value.Obj obj) || obj.fields().size() != 1) {
            log.add(item, path, "of a port " + ONE_FIELD);
            return Ports.NONE;
        }
        if (item.at("namedPort").present()) {
            return named(item.at("namedPort"), path + ".namedPort", log);
        }
        Value number = item.at("portNumber");
        Value range = item.at("portRange");
        if (!number.present() && !range.present()) {
            log.add(item, path, "a port is a portNumber, a portRange or a namedPort");
            return Ports.NONE;
        }
        Value one = number.present() ? number : range;
        String where = path + (number.present() ? ".portNumber" : ".portRange");
        String written = one.at("protocol").present() ? one.text("protocol") : Protocol.TCP.name();
        Optional<Protocol> protocol = Protocol.of(written);
        if (protocol.isEmpty()) {
            log.add(one, where + ".protocol", "the protocol is TCP, UDP or SCTP, not \"" + written + "\"");
            return Ports.NONE;
        }
        return number.present()
                ? span(protocol.get(), one, "port", "port", where, log)
                : span(protocol.get(), one, "start", "end", where, log);
    }

    private static Ports protocol(Value item, String path, ProblemLog log) {
        if (!(item instanceof Value.Obj obj) || obj.fields().size() != 1) {
            log.add(item, path, "of a protocol " + ONE_FIELD);
            return Ports.NONE;
        }
        if (item.at("destinationNamedPort").present()) {
            return named(item.at("destinationNamedPort"), path + ".destinationNamedPort", log);
        }
        for (Protocol protocol : Protocol.values()) {
            String field = protocol.name().toLowerCase(Locale.ROOT);
            if (item.at(field).present()) {
                return destination(protocol, item.at(field), path + "." + field, log);
            }
        }
        log.add(item, path, "a protocol is tcp, udp, sctp or a destinationNamedPort");
        return Ports.NONE;
    }

    private static Ports destination(Protocol protocol, Value match, String path, ProblemLog log) {
        Value port = match.at("destinationPort");
        String where = path + ".destinationPort";
        if (!(port instanceof Value.Obj obj) || obj.fields().size() != 1) {
            log.add(match, where, "a destinationPort has a number or a range: " + ONE_FIELD);
            return Ports.NONE;
        }
        return port.at("range").present()
                ? span(protocol, port.at("range"), "start", "end", where + ".range", log)
                : span(protocol, port, "number", "number", where, log);
    }

    /** The name under every protocol: no protocol is written beside it. */
    private static Ports named(Value name, String path, ProblemLog log) {
        if (!(name instanceof Value.Text text) || text.raw().isEmpty()) {
            log.add(name, path, "the name of a port is a text");
            return Ports.NONE;
        }
        Set<NamedPort> named = new HashSet<>();
        for (Protocol protocol : Protocol.values()) {
            named.add(new NamedPort(protocol, text.raw()));
        }
        return new Ports(PortSet.NONE, named);
    }

    private static Ports span(
            Protocol protocol, Value value, String firstField, String lastField, String path, ProblemLog log) {
        int first = number(value.at(firstField), path + "." + firstField, log);
        int last = lastField.equals(firstField) ? first : number(value.at(lastField), path + "." + lastField, log);
        if (first == 0 || last == 0) {
            return Ports.NONE;
        }
        if (last < first) {
            log.add(value, path, "the range ends at " + last + ", before it starts at " + first);
            return Ports.NONE;
        }
        return new Ports(PortSet.of(protocol, first, last), Set.of());
    }

    /** The port, or 0 after a word in the log. */
    private static int number(Value port, String path, ProblemLog log) {
        OptionalLong number = port.integer();
        if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > PortSet.PORT_MAX) {
            log.add(port, path, "a port is a number from 1 to " + PortSet.PORT_MAX);
            return 0;
        }
        return (int) number.getAsLong();
    }
}
