package io.plimsoll.segmentation.naive;

import io.plimsoll.segmentation.naive.SpecEvaluator.End;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one selector, address block or port of a specification says, read off parsed objects. Knows nothing of the engine. */
final class SpecMatch {

    private SpecMatch() {}

    static boolean portAllowed(List<Object> ports, End destination, String protocol, int port) {
        if (ports.isEmpty()) {
            return true;
        }
        for (Object item : ports) {
            Map<String, Object> each = map(item);
            if (!protocol.equals(each.getOrDefault("protocol", "TCP"))) {
                continue;
            }
            Object wanted = each.get("port");
            if (wanted == null
                    || (wanted instanceof String name && hasPort(destination, name, protocol, port))
                    || (wanted instanceof Integer first
                            && first <= port
                            && port <= (Integer) each.getOrDefault("endPort", first))) {
                return true;
            }
        }
        return false;
    }

    static boolean hasPort(End destination, String name, String protocol, int port) {
        for (Object container : destination.containers()) {
            for (Object item : list(map(container).get("ports"))) {
                Map<String, Object> each = map(item);
                if (name.equals(each.get("name")) && protocol.equals(each.getOrDefault("protocol", "TCP"))) {
                    return Integer.valueOf(port).equals(each.get("containerPort"));
                }
            }
        }
        return false;
    }

    static boolean selects(Map<String, Object> selector, Map<String, String> labels) {
        for (Map.Entry<String, Object> wanted : map(selector.get("matchLabels")).entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (Object item : list(selector.get("matchExpressions"))) {
            Map<String, Object> each = map(item);
            String value = labels.get((String) each.get("key"));
            boolean listed = value != null && list(each.get("values")).contains(value);
            boolean holds =
                    switch ((String) each.get("operator")) {
                        case "In" -> listed;
                        case "NotIn" -> !listed;
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        default -> throw new IllegalArgumentException("operator " + each);
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    static boolean inBlock(Map<String, Object> block, String address) {
        if (!inCidr(text(block, "cidr"), address)) {
            return false;
        }
        for (Object excepted : list(block.get("except"))) {
            if (inCidr((String) excepted, address)) {
                return false;
            }
        }
        return true;
    }

    static boolean inCidr(String cidr, String address) {
        String[] parts = cidr.split("/");
        byte[] network = bytes(parts[0]);
        byte[] asked = bytes(address);
        int host = network.length * 8 - Integer.parseInt(parts[1]);
        return network.length == asked.length
                && new BigInteger(1, network).shiftRight(host).equals(new BigInteger(1, asked).shiftRight(host));
    }

    /** Literals only, so nothing is looked up. */
    static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Map<String, String> labels(@Nullable Object labels) {
        Map<String, String> texts = new HashMap<>();
        map(labels).forEach((key, value) -> texts.put(key, (String) value));
        return texts;
    }

    static String text(Map<String, Object> map, String key) {
        return Objects.requireNonNull((String) map.get(key), key);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
