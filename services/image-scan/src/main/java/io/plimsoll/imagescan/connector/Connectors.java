package io.plimsoll.imagescan.connector;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.Credentials;
import io.plimsoll.registry.Mirror;
import io.plimsoll.registry.RegistryClient;
import io.plimsoll.registry.RegistryOptions;
import io.plimsoll.scanning.trust.Keyless;
import io.plimsoll.scanning.trust.TrustedKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The registries that may be asked; no other is. Immutable, any thread.
 *
 * @param registries by host with port, as in an image reference
 * @param keys whose signatures count
 * @param keyless whose certificates count; empty for nobody's
 * @param pullSecrets those that workloads name and the platform was given; empty where they may not be used
 */
public record Connectors(
        Map<String, Registry> registries,
        List<TrustedKey> keys,
        Optional<Keyless> keyless,
        Optional<PullSecrets> pullSecrets) {

    /** Nobody may be asked. */
    public static final Connectors NONE = new Connectors(Map.of(), List.of(), Optional.empty(), Optional.empty());

    /**
     * One registry.
     *
     * @param credentials of this registry, and of its mirror
     * @param isPrivate whether it may have an address that is not public
     * @param isPlain whether it is spoken to without TLS
     * @param realm another host that may be given its credentials for a token; empty for none
     * @param mirror what is asked in its place; empty for itself
     * @param authorities certificates trusted beside the platform's
     * @param isHarbor whether its projects' policies are asked by Harbor's API
     */
    public record Registry(
            String host,
            Credentials credentials,
            boolean isPrivate,
            boolean isPlain,
            String realm,
            List<Mirror> mirror,
            List<X509Certificate> authorities,
            boolean isHarbor) {
        public Registry {
            mirror = List.copyOf(mirror);
            authorities = List.copyOf(authorities);
        }
    }

    public Connectors {
        registries = Map.copyOf(registries);
        keys = List.copyOf(keys);
    }

    public boolean isEmpty() {
        return registries.isEmpty();
    }

    /** Whether the image's registry may be asked. */
    public boolean reaches(ImageReference image) {
        return registries.containsKey(image.registry());
    }

    /** Whether what is asked is a mirror, which says nothing of who may pull from the registry itself. */
    public boolean mirrored(ImageReference image) {
        Registry registry = registries.get(image.registry());
        return registry != null && !registry.mirror().isEmpty();
    }

    /** Whether the registry tells of its projects by Harbor's API. */
    public boolean isHarbor(String host) {
        Registry registry = registries.get(host);
        return registry != null && registry.isHarbor();
    }

    /** Who a registry is asked as; empty for nobody. */
    public String user(String host) {
        Registry registry = registries.get(host);
        Credentials.Login login =
                registry == null ? null : registry.credentials().logins().get(host);
        return login == null ? "" : login.user();
    }

    /** What evidence depends on: a change of it asks every image anew. */
    public String fingerprint() {
        return new TreeSet<>(registries.keySet()) + " harbors "
                + registries.values().stream()
                        .filter(Registry::isHarbor)
                        .map(Registry::host)
                        .sorted()
                        .toList()
                + pullSecrets.map(secrets -> " secrets").orElse("") + " keys "
                + keys.stream().map(TrustedKey::name).sorted().toList()
                + keyless.map(Keyless::identities).orElse(List.of());
    }

    /** Whether anybody is trusted to sign. */
    public boolean trustsSomebody() {
        return !keys.isEmpty() || keyless.isPresent();
    }

    /** A client of all of them, as whoever the credentials name. */
    public RegistryClient client() {
        return new RegistryClient(options());
    }

    /** Whether it may be said which pull secrets workloads name. */
    public boolean usesPullSecrets() {
        return pullSecrets.isPresent();
    }

    /** Whether a registry is asked with a credential of the connector's own. */
    public boolean hasOwn(String host) {
        return !user(host).isEmpty();
    }

    /** A client of all of them, with a login of somebody else's for one of them. */
    public RegistryClient client(String host, Credentials.Login login) {
        return new RegistryClient(options().with(new Credentials(Map.of(host, login))));
    }

    /** A client of all of them, as nobody. */
    public RegistryClient anonymous() {
        return new RegistryClient(options().with(Credentials.NONE));
    }

    private RegistryOptions options() {
        Map<String, Credentials.Login> logins = new TreeMap<>();
        Map<String, String> realms = new TreeMap<>(RegistryOptions.DEFAULT.realms());
        Map<String, Mirror> mirrors = new TreeMap<>();
        registries.forEach((host, registry) -> {
            logins.putAll(registry.credentials().logins());
            if (!registry.realm().isEmpty()) {
                realms.put(host, registry.realm());
            }
            registry.mirror().forEach(mirror -> mirrors.put(host, mirror));
        });
        RegistryOptions plain = RegistryOptions.DEFAULT;
        return new RegistryOptions(
                new Credentials(logins),
                hosts(Registry::isPrivate).stream()
                        .map(host -> host.replaceFirst(":[0-9]+$", ""))
                        .collect(Collectors.toSet()),
                hosts(Registry::isPlain),
                realms,
                mirrors,
                registries.values().stream()
                        .flatMap(registry -> registry.authorities().stream())
                        .distinct()
                        .toList(),
                plain.timeout(),
                plain.attemptsMax(),
                plain.waitMax());
    }

    private Set<String> hosts(java.util.function.Predicate<Registry> which) {
        return registries.values().stream().filter(which).map(Registry::host).collect(Collectors.toSet());
    }
}
