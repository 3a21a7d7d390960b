package io.plimsoll.kubernetes.exposure;

import java.util.List;
import java.util.Locale;

/**
 * Whether names of hosts have one in common, as listeners and routes of the Gateway API ask: a first label {@code *} stands for one or more
 * labels, "*.example.com" for test.example.com and foo.test.example.com and not for example.com.
 */
final class Hostnames {

    private Hostnames() {}

    /** True where either side names none: then it takes every name. */
    static boolean intersect(String listener, List<String> route) {
        return listener.isEmpty() || route.isEmpty() || route.stream().anyMatch(name -> intersect(listener, name));
    }

    private static boolean intersect(String one, String other) {
        String left = one.toLowerCase(Locale.ROOT);
        String right = other.toLowerCase(Locale.ROOT);
        return left.equals(right) || covers(left, right) || covers(right, left);
    }

    private static boolean covers(String wildcard, String name) {
        return wildcard.startsWith("*.") && name.endsWith(wildcard.substring(1));
    }
}
