package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the peers of a rule. What cannot be read goes to the log; what is returned then is not to be used. */
final class PeerReader {

    private PeerReader() {}

    /**
     * No list, or an empty one, means everyone.
     *
     * @param namespace of the policy, where a peer that names none looks
     */
    static List<Peer> read(Value list, String namespace, String path, ProblemLog log) {
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, path, "the peers of a rule are a list");
            return List.of();
        }
        List<Value> items = list.items();
        if (items.isEmpty()) {
            return List.of(new Peer.Everyone());
        }
        List<Peer> peers = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            item(items.get(i), namespace, path + "[" + i + "]", log).ifPresent(peers::add);
        }
        return peers;
    }

    private static Optional<Peer> item(Value item, String namespace, String path, ProblemLog log) {
        Value pods = item.at("podSelector");
        Value namespaces = item.at("namespaceSelector");
        Value block = item.at("ipBlock");
        if (block.present()) {
            if (pods.present() || namespaces.present()) {
                log.add(item, path, "a peer with an ipBlock has no selectors");
                return Optional.empty();
            }
            return addresses(block, path + ".ipBlock", log);
        }
        if (!pods.present() && !namespaces.present()) {
            log.add(item, path, "a peer has a podSelector, a namespaceSelector or an ipBlock");
            return Optional.empty();
        }
        LabelSelector selector = SelectorReader.read(pods, path + ".podSelector", log);
        Peer.Namespaces where = namespaces.present()
                ? new Peer.Namespaces.Labelled(SelectorReader.read(namespaces, path + ".namespaceSelector", log))
                : new Peer.Namespaces.Own(namespace);
        return Optional.of(new Peer.Pods(where, selector));
    }

    private static Optional<Peer> addresses(Value block, String path, ProblemLog log) {
        Optional<AddressRange> cidr = AddressRange.ofCidr(block.text("cidr"));
        if (cidr.isEmpty()) {
            log.add(
                    block.at("cidr").present() ? block.at("cidr") : block,
                    path + ".cidr",
                    "\"" + block.text("cidr") + "\" is not a CIDR");
            return Optional.empty();
        }
        Value list = block.at("except");
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, path + ".except", "except is a list of CIDRs");
            return Optional.empty();
        }
        List<AddressRange> excepted = new ArrayList<>();
        List<Value> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            String where = path + ".except[" + i + "]";
            String written = items.get(i).text().orElse("");
            Optional<AddressRange> range = AddressRange.ofCidr(written);
            if (range.isEmpty()) {
                log.add(items.get(i), where, "\"" + written + "\" is not a CIDR");
            } else if (!cidr.get().contains(range.get()) || cidr.get().equals(range.get())) {
                log.add(items.get(i), where, written + " is not a proper part of " + block.text("cidr"));
            } else {
                excepted.add(range.get());
            }
        }
        return Optional.of(new Peer.Addresses(cidr.get().without(excepted)));
    }
}
