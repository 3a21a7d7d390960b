package io.plimsoll.registry;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How registries are reached.
 *
 * @param credentials by registry
 * @param privateHosts host names, lower case, without port, that may have addresses that are not public
 * @param plainHosts hosts with port, as in a reference, spoken to without TLS
 * @param realms by registry, one more host (with port) that may be given its credentials for a token
 * @param mirrors by registry, what is asked instead of it; nothing is then asked of the registry itself
 * @param authorities certificates trusted beside the platform's own
 * @param timeout of a connection and of each silence while reading
 * @param attemptsMax tries of one request when the registry is busy, and resumptions of one blob
 * @param waitMax longest pause between two tries, whatever the registry asks for
 */
public record RegistryOptions(
        Credentials credentials,
        Set<String> privateHosts,
        Set<String> plainHosts,
        Map<String, String> realms,
        Map<String, Mirror> mirrors,
        List<X509Certificate> authorities,
        Duration timeout,
        int attemptsMax,
        Duration waitMax) {

    public static final RegistryOptions DEFAULT = new RegistryOptions(
            Credentials.NONE,
            Set.of(),
            Set.of(),
            Map.of("docker.io", "auth.docker.io"),
            Map.of(),
            List.of(),
            Duration.ofSeconds(30),
            4,
            Duration.ofSeconds(60));

    public RegistryOptions {
        privateHosts = Set.copyOf(privateHosts);
        plainHosts = Set.copyOf(plainHosts);
        realms = Map.copyOf(realms);
        mirrors = Map.copyOf(mirrors);
        authorities = List.copyOf(authorities);
        if (attemptsMax < 1 || attemptsMax > 20 || timeout.isNegative() || timeout.isZero() || waitMax.isNegative()) {
            throw new IllegalArgumentException("1 to 20 attempts, a positive timeout, and no negative wait");
        }
    }

    public RegistryOptions with(Credentials others) {
        return new RegistryOptions(
                others, privateHosts, plainHosts, realms, mirrors, authorities, timeout, attemptsMax, waitMax);
    }

    public RegistryOptions allowing(Set<String> hosts, Set<String> plain) {
        return new RegistryOptions(
                credentials, hosts, plain, realms, mirrors, authorities, timeout, attemptsMax, waitMax);
    }

    public RegistryOptions mirroring(Map<String, Mirror> others) {
        return new RegistryOptions(
                credentials, privateHosts, plainHosts, realms, others, authorities, timeout, attemptsMax, waitMax);
    }

    public RegistryOptions trusting(List<X509Certificate> others) {
        return new RegistryOptions(
                credentials, privateHosts, plainHosts, realms, mirrors, others, timeout, attemptsMax, waitMax);
    }

    /** Hosts that may have addresses that are not public: those named as such, and mirrors, which were named themselves. */
    Set<String> hostsOfAnyAddress() {
        return Stream.concat(privateHosts.stream(), mirrors.values().stream().map(Mirror::host))
                .collect(Collectors.toUnmodifiableSet());
    }
}
