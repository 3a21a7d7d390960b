package io.plimsoll.scanning.pack;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package URL (ECMA-427), canonical: two of the same package are equal.
 *
 * @param type lower case, for instance {@code maven}
 * @param namespace Maven's group, npm's scope with its {@code @}, a distribution's id; empty when none
 * @param name never empty
 * @param version empty when unknown
 * @param qualifiers by name; never holds an empty value
 * @param subpath empty when none
 */
public record Purl(
        String type,
        String namespace,
        String name,
        String version,
        SortedMap<String, String> qualifiers,
        String subpath)
        implements Comparable<Purl> {

    public Purl {
        qualifiers = Collections.unmodifiableSortedMap(new TreeMap<>(qualifiers));
        if (type.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a purl has a type and a name");
        }
    }

    /**
     * Makes a canonical one; names and versions are plain text, not percent-encoded. Qualifiers without a value are left
     * out.
     *
     * @throws IllegalArgumentException when the type's rules forbid it
     */
    public static Purl of(String type, String namespace, String name, String version, Map<String, String> qualifiers) {
        TreeMap<String, String> kept = new TreeMap<>();
        qualifiers.forEach((key, value) -> {
            if (!value.isEmpty()) {
                kept.put(key, value);
            }
        });
        try {
            return of(new PackageURL(
                    type,
                    namespace.isEmpty() ? null : namespace,
                    name,
                    version.isEmpty() ? null : version,
                    kept.isEmpty() ? null : kept,
                    null));
        } catch (MalformedPackageURLException e) {
            throw new IllegalArgumentException("not a package: " + e.getMessage(), e);
        }
    }

    public static Purl of(String type, String namespace, String name, String version) {
        return of(type, namespace, name, version, Map.of());
    }

    /** Reads {@code pkg:…}; empty when it is malformed. */
    public static Optional<Purl> parse(String written) {
        try {
            return Optional.of(of(new PackageURL(written)));
        } catch (MalformedPackageURLException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Purl of(PackageURL url) {
        Map<String, String> qualifiers = url.getQualifiers();
        return new Purl(
                url.getType(),
                orEmpty(url.getNamespace()),
                url.getName(),
                orEmpty(url.getVersion()),
                qualifiers == null ? new TreeMap<>() : new TreeMap<>(qualifiers),
                orEmpty(url.getSubpath()));
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    /** Namespace and name, as the type's own tools write it: {@code group:artifact} for Maven, else with a slash. */
    public String fullName() {
        if (namespace.isEmpty()) {
            return name;
        }
        return namespace + (type.equals("maven") ? ":" : "/") + name;
    }

    /** A qualifier's value, empty when it is not there. */
    public String qualifier(String key) {
        return qualifiers.getOrDefault(key, "");
    }

    @Override
    public int compareTo(Purl other) {
        return toString().compareTo(other.toString());
    }

    /** The canonical form. */
    @Override
    public String toString() {
        try {
            return new PackageURL(
                            type,
                            namespace.isEmpty() ? null : namespace,
                            name,
                            version.isEmpty() ? null : version,
                            qualifiers.isEmpty() ? null : new TreeMap<>(qualifiers),
                            subpath.isEmpty() ? null : subpath)
                    .canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("checked when it was made", e);
        }
    }
}
