package io.plimsoll.registry;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How registries are reached.
 *
 * @param credentials by registry
 * @param privateHosts host names, lower case, without port, that may have addresses that are not public
 * @param plainHosts hosts with port, as in a reference, spoken to without TLS
 * @param realms by registry, one more host (with port) that may be given its credentials for a token
 * @param timeout of a connection and of each silence while reading
 * @param attemptsMax tries of one request when the registry is busy, and resumptions of one blob
 * @param waitMax longest pause between two tries, whatever the registry asks for
 */
public record RegistryOptions(
        Credentials credentials,
        Set<String> privateHosts,
        Set<String> plainHosts,
        Map<String, String> realms,
        Duration timeout,
        int attemptsMax,
        Duration waitMax) {

    public static final RegistryOptions DEFAULT = new RegistryOptions(
            Credentials.NONE,
            Set.of(),
            Set.of(),
            Map.of("docker.io", "auth.docker.io"),
            Duration.ofSeconds(30),
            4,
            Duration.ofSeconds(60));

    public RegistryOptions {
        privateHosts = Set.copyOf(privateHosts);
        plainHosts = Set.copyOf(plainHosts);
        realms = Map.copyOf(realms);
        if (attemptsMax < 1 || attemptsMax > 20 || timeout.isNegative() || timeout.isZero() || waitMax.isNegative()) {
            throw new IllegalArgumentException("1 to 20 attempts, a positive timeout, and no negative wait");
        }
    }

    public RegistryOptions with(Credentials others) {
        return new RegistryOptions(others, privateHosts, plainHosts, realms, timeout, attemptsMax, waitMax);
    }

    public RegistryOptions allowing(Set<String> hosts, Set<String> plain) {
        return new RegistryOptions(credentials, hosts, plain, realms, timeout, attemptsMax, waitMax);
    }
}
