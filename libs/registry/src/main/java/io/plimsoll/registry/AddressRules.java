package io.plimsoll.registry;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Which addresses may be connected to. A name is resolved once; every address it has is judged; the connection goes to
 * the judged addresses, so a name that changes its mind in between gains nothing. Registries on private addresses are
 * reached only when they are named.
 */
final class AddressRules implements DnsResolver {

    /** Resolves a name; replaced in tests. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Set<String> privateHosts;
    private final Resolver resolver;

    /** @param privateHosts lower-case host names that may have any address */
    AddressRules(Set<String> privateHosts, Resolver resolver) {
        this.privateHosts = privateHosts;
        this.resolver = resolver;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        if (!privateHosts.contains(host.toLowerCase(Locale.ROOT))) {
            for (InetAddress address : addresses) {
                if (!isPublic(address)) {
                    throw new Refused(host);
                }
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** Told apart from a name that does not exist. */
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Refused(String host) {
            super(host + " has an address that is not public; name it as a private registry if it is one");
        }
    }

    /** Whether an error goes back to a refused address. */
    static boolean isRefusal(IOException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused) {
                return true;
            }
        }
        return false;
    }

    /** Globally reachable by the IANA special-purpose address registries (RFC 6890), IPv4 within IPv6 unwrapped. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address && bytes.length == 16) {
            if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b) || startsWith(bytes, 0x20, 0x02)) {
                // NAT64 and 6to4 carry an IPv4 address that a gateway would connect to.
                int at = bytes[0] == 0x20 ? 2 : 12;
                return isPublic4(Arrays.copyOfRange(bytes, at, at + 4));
            }
            boolean compatible = true;
            for (int i = 0; i < 10; i++) {
                compatible &= bytes[i] == 0;
            }
            if (compatible) {
                return bytes[10] == (byte) 0xff && isPublic4(Arrays.copyOfRange(bytes, 12, 16));
            }
            boolean global = (bytes[0] & 0xe0) == 0x20;
            return global && !startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8) && !startsWith(bytes, 0x20, 0x01, 0x00);
        }
        return address instanceof Inet4Address && isPublic4(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        int c = bytes[2] & 0xff;
        return !(a == 0
                || a == 10
                || a == 127
                || a >= 224
                || a == 100 && b >= 64 && b < 128
                || a == 169 && b == 254
                || a == 172 && b >= 16 && b < 32
                || a == 192 && b == 168
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 198 && (b == 18 || b == 19)
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113);
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
