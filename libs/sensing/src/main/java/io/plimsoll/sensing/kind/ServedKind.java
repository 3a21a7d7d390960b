package io.plimsoll.sensing.kind;

/**
 * A kind as a cluster serves it.
 *
 * @param group empty for the core group
 * @param version without its group
 * @param plural name of the resource, for instance {@code networkpolicies}
 */
public record ServedKind(String group, String version, String kind, String plural) {

    /** Where all objects of it are listed, from the root of the API. */
    public String path() {
        return group.isEmpty() ? "/api/" + version + "/" + plural : "/apis/" + group + "/" + version + "/" + plural;
    }

    /** Where one object is. */
    public String path(String namespace, String name) {
        String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural + "/" + name;
    }

    /** For instance {@code networkpolicies.networking.k8s.io}. */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
