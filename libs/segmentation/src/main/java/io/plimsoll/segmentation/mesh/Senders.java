package io.plimsoll.segmentation.mesh;

import io.plimsoll.segmentation.policy.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * One {@code source} of a rule: all of it must hold (Istio, AuthorizationPolicy, Source).
 *
 * @param principals of which one must match; any when empty
 * @param opaque asks for what is not known from outside: end users, forwarded addresses, or what cannot be read
 */
record Senders(
        List<String> principals,
        List<String> notPrincipals,
        List<String> namespaces,
        List<String> notNamespaces,
        List<AddressRange> addresses,
        List<AddressRange> notAddresses,
        boolean opaque) {

    /** Where Istio's identities live unless a mesh says otherwise; it means the mesh's own domain whatever that is called. */
    private static final String TRUST_DOMAIN = "cluster.local";

    static final Senders UNREADABLE =
            new Senders(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), true);

    Senders {
        principals = List.copyOf(principals);
        notPrincipals = List.copyOf(notPrincipals);
        namespaces = List.copyOf(namespaces);
        notNamespaces = List.copyOf(notNamespaces);
        addresses = List.copyOf(addresses);
        notAddresses = List.copyOf(notAddresses);
    }

    boolean asksForAccounts() {
        return !principals.isEmpty() || !notPrincipals.isEmpty();
    }

    /** A pod; where its address is not known it may be any. */
    Match ofPod(MeshPlace place, String namespace, Optional<AddressRange> address, MeshSettings settings) {
        String principal = TRUST_DOMAIN + "/ns/" + namespace + "/sa/" + place.account();
        return opacity()
                .and(wanted(principals, principal, place.membership()))
                .and(unwanted(notPrincipals, principal, place.membership(), settings))
                .and(wanted(namespaces, namespace, place.membership()))
                .and(unwanted(notNamespaces, namespace, place.membership(), settings))
                .and(addressed(address, settings));
    }

    /** An address outside: it has no identity in the mesh. */
    Match ofAddress(AddressRange address, MeshSettings settings) {
        return opacity()
                .and(wanted(principals, "", Membership.OUT))
                .and(unwanted(notPrincipals, "", Membership.OUT, settings))
                .and(wanted(namespaces, "", Membership.OUT))
                .and(unwanted(notNamespaces, "", Membership.OUT, settings))
                .and(within(address));
    }

    /** A pod of whom nothing is known. */
    Match ofAnyone() {
        boolean anyone = principals.isEmpty()
                && notPrincipals.isEmpty()
                && namespaces.isEmpty()
                && notNamespaces.isEmpty()
                && addresses.isEmpty()
                && notAddresses.isEmpty();
        return opacity().and(anyone ? Match.YES : Match.MAYBE);
    }

    private Match opacity() {
        return opaque ? Match.MAYBE : Match.YES;
    }

    private static Match wanted(List<String> patterns, String identity, Membership membership) {
        if (patterns.isEmpty()) {
            return Match.YES;
        }
        boolean matches = patterns.stream().anyMatch(pattern -> matches(pattern, identity));
        return switch (membership) {
            case IN -> Match.of(matches);
            case OUT -> Match.NO;
            case UNKNOWN -> matches ? Match.MAYBE : Match.NO;
        };
    }

    private static Match unwanted(
            List<String> patterns, String identity, Membership membership, MeshSettings settings) {
        if (patterns.isEmpty()) {
            return Match.YES;
        }
        Match without = Match.of(!settings.negationNeedsIdentity());
        Match with = Match.of(patterns.stream().noneMatch(pattern -> matches(pattern, identity)));
        return switch (membership) {
            case IN -> with;
            case OUT -> without;
            case UNKNOWN -> with == without ? with : Match.MAYBE;
        };
    }

    private Match addressed(Optional<AddressRange> address, MeshSettings settings) {
        if (addresses.isEmpty() && notAddresses.isEmpty()) {
            return Match.YES;
        }
        if (!settings.addressesMeanPods()) {
            return Match.of(addresses.isEmpty());
        }
        return address.map(this::within).orElse(Match.MAYBE);
    }

    private Match within(AddressRange address) {
        boolean in = addresses.isEmpty() || addresses.stream().anyMatch(range -> range.contains(address));
        return Match.of(in && notAddresses.stream().noneMatch(range -> range.contains(address)));
    }

    /** Exact, {@code abc*}, {@code *abc}, or {@code *} for any text that is there. */
    static boolean matches(String pattern, String text) {
        if (pattern.equals("*")) {
            return !text.isEmpty();
        }
        if (pattern.startsWith("*")) {
            return text.endsWith(pattern.substring(1));
        }
        return pattern.endsWith("*")
                ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                : text.equals(pattern);
    }
}
