package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the {@code ports} of a rule. What cannot be read goes to the log; what is returned then is not to be used. */
final class PortReader {

    /** RFC 6335, as Kubernetes asks it of a port's name: at least one letter, no hyphen at an end or beside another. */
    private static final Pattern NAME = Pattern.compile("(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    private PortReader() {}

    /** No list, or an empty one, means every port of every protocol. */
    static Ports read(Value list, String path, ProblemLog log) {
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, path, "ports is a list");
            return Ports.NONE;
        }
        List<Value> items = list.items();
        if (items.isEmpty()) {
            return Ports.ALL;
        }
        PortSet fixed = PortSet.NONE;
        Set<NamedPort> named = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            Ports ports = item(items.get(i), path + "[" + i + "]", log);
            fixed = fixed.union(ports.fixed());
            named.addAll(ports.named());
        }
        return new Ports(fixed, named);
    }

    private static Ports item(Value item, String path, ProblemLog log) {
        if (item.present() && !(item instanceof Value.Obj)) {
            log.add(item, path, "an item of ports is a mapping");
            return Ports.NONE;
        }
        String written = item.at("protocol").present() ? item.text("protocol") : Protocol.TCP.name();
        Optional<Protocol> protocol = Protocol.of(written);
        if (protocol.isEmpty()) {
            log.add(
                    item.at("protocol"),
                    path + ".protocol",
                    "the protocol is TCP, UDP or SCTP, not \"" + written + "\"");
            return Ports.NONE;
        }
        return numbers(protocol.get(), item, path, log);
    }

    private static Ports numbers(Protocol protocol, Value item, String path, ProblemLog log) {
        Value port = item.at("port");
        Value endPort = item.at("endPort");
        if (port instanceof Value.Text name) {
            if (!NAME.matcher(name.raw()).matches()) {
                log.add(port, path + ".port", "\"" + name.raw() + "\" is neither a number nor the name of a port");
            } else if (endPort.present()) {
                log.add(endPort, path + ".endPort", "endPort needs a port that is a number");
            } else {
                return new Ports(PortSet.NONE, Set.of(new NamedPort(protocol, name.raw())));
            }
            return Ports.NONE;
        }
        if (!port.present()) {
            if (endPort.present()) {
                log.add(endPort, path + ".endPort", "endPort needs a port");
                return Ports.NONE;
            }
            return new Ports(PortSet.of(protocol, 1, PortSet.PORT_MAX), Set.of());
        }
        int first = number(port, path + ".port", log);
        int last = endPort.present() ? number(endPort, path + ".endPort", log) : first;
        if (first == 0 || last == 0) {
            return Ports.NONE;
        }
        if (last < first) {
            log.add(endPort, path + ".endPort", "endPort " + last + " is less than port " + first);
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
