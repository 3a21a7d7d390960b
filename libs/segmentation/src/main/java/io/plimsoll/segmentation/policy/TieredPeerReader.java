package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads subjects and peers of cluster-wide policies. What cannot be read goes to the log; what is returned then is not to be used. */
final class TieredPeerReader {

    private static final String ONE_FIELD = "exactly one field must be set";

    private TieredPeerReader() {}

    /** The pods a policy speaks of; nothing when that cannot be told. */
    static Optional<Peer.Pods> subject(Value subject, String path, ProblemLog log) {
        if (!(subject instanceof Value.Obj obj) || obj.fields().size() != 1) {
            log.add(subject, path, "a subject has namespaces or pods: " + ONE_FIELD);
            return Optional.empty();
        }
        int before = log.count();
        Optional<Peer> peer = selectors(subject, path, log);
        if (peer.isEmpty() && log.count() == before) {
            log.add(subject, path, "a subject has namespaces or pods");
        }
        return log.count() > before ? Optional.empty() : peer.map(Peer.Pods.class::cast);
    }

    /** The peers of a rule, at least one. */
    static List<Peer> peers(Value list, TieredDialect dialect, Direction direction, String path, ProblemLog log) {
        if (!(list instanceof Value.Arr) || list.items().isEmpty()) {
            log.add(list, path, "a rule names at least one peer in " + direction.peersField());
            return List.of();
        }
        List<Peer> peers = new ArrayList<>();
        List<Value> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            peer(items.get(i), dialect, direction, path + "[" + i + "]", log).ifPresent(peers::add);
        }
        return peers;
    }

    private static Optional<Peer> peer(
            Value item, TieredDialect dialect, Direction direction, String path, ProblemLog log) {
        if (!(item instanceof Value.Obj obj) || obj.fields().size() != 1) {
            log.add(item, path, "of a peer " + ONE_FIELD);
            return Optional.empty();
        }
        int before = log.count();
        Optional<Peer> peer = selectors(item, path, log);
        if (peer.isEmpty() && direction == Direction.EGRESS) {
            peer = outside(item, dialect, path, log);
        }
        if (peer.isEmpty() && log.count() == before) {
            String field = obj.fields().keySet().iterator().next();
            log.add(item, path + "." + field, "no known peer of a rule for " + direction.field());
        }
        return peer;
    }

    /** {@code namespaces} or {@code pods}; nothing, and no word in the log, when neither is written. */
    private static Optional<Peer> selectors(Value item, String path, ProblemLog log) {
        if (item.at("namespaces").present()) {
            LabelSelector namespaces = SelectorReader.read(item.at("namespaces"), path + ".namespaces", log);
            return Optional.of(new Peer.Pods(new Peer.Namespaces.Labelled(namespaces), LabelSelector.EVERYTHING));
        }
        Value pods = item.at("pods");
        if (!pods.present()) {
            return Optional.empty();
        }
        if (!(pods instanceof Value.Obj)) {
            log.add(pods, path + ".pods", "pods has a namespaceSelector and a podSelector");
            return Optional.empty();
        }
        LabelSelector namespaces =
                SelectorReader.read(pods.at("namespaceSelector"), path + ".pods.namespaceSelector", log);
        LabelSelector labels = SelectorReader.read(pods.at("podSelector"), path + ".pods.podSelector", log);
        return Optional.of(new Peer.Pods(new Peer.Namespaces.Labelled(namespaces), labels));
    }

    private static Optional<Peer> outside(Value item, TieredDialect dialect, String path, ProblemLog log) {
        if (item.at("networks").present()) {
            return networks(item.at("networks"), dialect, path + ".networks", log);
        }
        if (item.at("nodes").present()) {
            return Optional.of(new Peer.Nodes(SelectorReader.read(item.at("nodes"), path + ".nodes", log)));
        }
        if (item.at("domainNames") instanceof Value.Arr names) {
            return Optional.of(new Peer.Domains(names.texts()));
        }
        return Optional.empty();
    }

    private static Optional<Peer> networks(Value list, TieredDialect dialect, String path, ProblemLog log) {
        if (list.items().isEmpty()) {
            log.add(list, path, "networks is a list of CIDRs");
            return Optional.empty();
        }
        List<AddressRange> ranges = new ArrayList<>();
        List<Value> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            String written = items.get(i).text().orElse("");
            Optional<AddressRange> range = AddressRange.ofCidr(written);
            if (range.isEmpty()) {
                log.add(items.get(i), path + "[" + i + "]", "\"" + written + "\" is not a CIDR");
            }
            range.ifPresent(ranges::add);
        }
        return Optional.of(dialect.networksMeanPods() ? new Peer.Networks(ranges) : new Peer.Addresses(ranges));
    }
}
