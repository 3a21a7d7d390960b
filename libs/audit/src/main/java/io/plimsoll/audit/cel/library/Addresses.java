package io.plimsoll.audit.cel.library;

import dev.cel.common.types.SimpleType;

/** {@code ip('10.0.0.1')} and {@code cidr('10.0.0.0/8')}: KEP-2876, since 1.30. */
final class Addresses {

    private static final Parameter<Address> IP = Parameter.opaque("net.IP", Address.class);
    private static final Parameter<Network> CIDR = Parameter.opaque("net.CIDR", Network.class);

    private Addresses() {}

    static FunctionLibrary library() {
        FunctionLibrary.Builder library = FunctionLibrary.builder();
        addresses(library);
        networks(library);
        return library.build();
    }

    private static void addresses(FunctionLibrary.Builder library) {
        library.global("ip", "string_to_ip", IP.type(), Parameter.STRING, Address::parse)
                .global("isIP", "is_ip", SimpleType.BOOL, Parameter.STRING, Address::isAddress)
                .global("ip.isCanonical", "ip_is_canonical", SimpleType.BOOL, Parameter.STRING, Address::isCanonical)
                .global("string", "ip_to_string", SimpleType.STRING, IP, Address::toString)
                .member("family", "ip_family", SimpleType.INT, IP, Address::family)
                .member("isUnspecified", "ip_is_unspecified", SimpleType.BOOL, IP, Address::unspecified)
                .member("isLoopback", "ip_is_loopback", SimpleType.BOOL, IP, Address::loopback)
                .member(
                        "isLinkLocalMulticast",
                        "ip_is_link_local_multicast",
                        SimpleType.BOOL,
                        IP,
                        Address::linkLocalMulticast)
                .member(
                        "isLinkLocalUnicast",
                        "ip_is_link_local_unicast",
                        SimpleType.BOOL,
                        IP,
                        Address::linkLocalUnicast)
                .member("isGlobalUnicast", "ip_is_global_unicast", SimpleType.BOOL, IP, Address::globalUnicast);
    }

    private static void networks(FunctionLibrary.Builder library) {
        library.global("cidr", "string_to_cidr", CIDR.type(), Parameter.STRING, Network::parse)
                .global("isCIDR", "is_cidr", SimpleType.BOOL, Parameter.STRING, Network::isNetwork)
                .global("string", "cidr_to_string", SimpleType.STRING, CIDR, Network::toString)
                .member("containsIP", "cidr_contains_ip_ip", SimpleType.BOOL, CIDR, IP, Network::contains)
                .member(
                        "containsIP",
                        "cidr_contains_ip_string",
                        SimpleType.BOOL,
                        CIDR,
                        Parameter.STRING,
                        (network, text) -> network.contains(Address.parse(text)))
                .member("containsCIDR", "cidr_contains_cidr", SimpleType.BOOL, CIDR, CIDR, Network::contains)
                .member(
                        "containsCIDR",
                        "cidr_contains_cidr_string",
                        SimpleType.BOOL,
                        CIDR,
                        Parameter.STRING,
                        (network, text) -> network.contains(Network.parse(text)))
                .member("ip", "cidr_ip", IP.type(), CIDR, Network::address)
                .member("prefixLength", "cidr_prefix_length", SimpleType.INT, CIDR, network -> (long) network.bits())
                .member("masked", "cidr_masked", CIDR.type(), CIDR, Network::masked);
    }
}
