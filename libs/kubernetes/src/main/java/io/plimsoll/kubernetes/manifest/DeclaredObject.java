package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import java.util.function.Consumer;

/**
 * One object of a document, before it is known what else its cluster holds: whether its kind lives in namespaces, and so its identity, may
 * depend on a definition in another file. Whoever keeps objects keeps these: added to a {@link ClusterStateBuilder} again they give the same
 * state.
 *
 * @param group API group; empty for the core group
 * @param version API version without its group
 * @param kind as written, or told by the list it stands in
 * @param namespace as written; empty when it names none
 * @param assumedNamespace where it lives when it names none and its kind is namespaced
 */
public record DeclaredObject(
        Value.Obj body,
        String group,
        String version,
        String kind,
        String namespace,
        String assumedNamespace,
        Source source) {

    /** The body as it may be kept: managedFields, last-applied and Secret data are gone, keys in their order. */
    public Value.Obj projected() {
        return (Value.Obj) Canonical.of(Projection.of(body, group, kind));
    }

    /** What is kept of a body over the size bound: identity and labels. */
    public static Value identityOnly(Value body) {
        return Projection.identityOnly(body);
    }

    /**
     * The objects of one document, in its order; a {@code List} gives its items.
     *
     * @param defaultNamespace for objects of namespaced kinds that name none; empty means {@code default}
     * @param problems takes what is no object, or is odd
     */
    public static void each(
            Document document, String defaultNamespace, Consumer<DeclaredObject> sink, Consumer<Problem> problems) {
        String assumed = defaultNamespace.isEmpty() ? "default" : defaultNamespace;
        each(document.body(), document.source(), assumed, "", sink, problems);
    }

    private static void each(
            Value value,
            Source source,
            String assumed,
            String listKind,
            Consumer<DeclaredObject> sink,
            Consumer<Problem> problems) {
        if (!(value instanceof Value.Obj body)) {
            problems.accept(Problem.skipped(source, "not a Kubernetes object: a mapping is expected"));
            return;
        }
        String apiVersion = body.text("apiVersion");
        String kind = body.text("kind");
        if (kind.isEmpty() && !listKind.isEmpty()) {
            kind = listKind;
            apiVersion = apiVersion.isEmpty() ? "v1" : apiVersion;
        }
        if (kind.endsWith("List") && body.at("items") instanceof Value.Arr items) {
            String itemKind = kind.equals("List") ? "" : kind.substring(0, kind.length() - "List".length());
            for (Value item : items.values()) {
                if (item.present()) {
                    each(item, source.atLine(item.line()), assumed, itemKind, sink, problems);
                } else {
                    problems.accept(Problem.notice(source.atLine(item.line()), "a List with an empty item"));
                }
            }
            return;
        }
        if (kind.isEmpty() || apiVersion.isEmpty()) {
            problems.accept(
                    Problem.skipped(source, "not a Kubernetes object: no " + (kind.isEmpty() ? "kind" : "apiVersion")));
            return;
        }
        int slash = apiVersion.indexOf('/');
        sink.accept(new DeclaredObject(
                body,
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                kind,
                body.at("metadata", "namespace").text().orElse(""),
                assumed,
                source));
    }
}
