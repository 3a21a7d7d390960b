package io.plimsoll.assessment.estate;

import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Objects of an estate. An empty list stands for all; a name may begin or end with {@code *}.
 *
 * @param namespaces of a Namespace, its own name
 */
record Selector(String kind, List<String> clusters, List<String> namespaces, List<String> names) {

    static Selector read(Value value) {
        return new Selector(
                value.text("kind"), texts(value.at("cluster")), texts(value.at("namespace")), texts(value.at("name")));
    }

    /** One text, or a list of them. */
    static List<String> texts(Value value) {
        return value.text().map(List::of).orElseGet(value::texts);
    }

    /** Replaces each object selected; at least one there must be, and it must become another. */
    StagedEstate each(StagedEstate estate, Function<Document, List<Document>> replacement) {
        Map<String, List<Document>> clusters = new LinkedHashMap<>();
        int touched = 0;
        for (Map.Entry<String, List<Document>> cluster : estate.clusters().entrySet()) {
            List<Document> documents = new ArrayList<>();
            for (Document document : cluster.getValue()) {
                List<Document> instead =
                        selects(cluster.getKey(), document.body()) ? replacement.apply(document) : List.of(document);
                touched += instead.equals(List.of(document)) ? 0 : 1;
                documents.addAll(instead);
            }
            clusters.put(cluster.getKey(), List.copyOf(documents));
        }
        if (touched == 0) {
            throw new IllegalStateException("nothing changes under " + this);
        }
        return estate.with(clusters);
    }

    private boolean selects(String cluster, Value object) {
        String name = object.at("metadata").text("name");
        String namespace = object.text("kind").equals("Namespace")
                ? name
                : object.at("metadata").text("namespace");
        return object.text("kind").equals(kind)
                && fits(clusters, cluster)
                && fits(namespaces, namespace)
                && fits(names, name);
    }

    private static boolean fits(List<String> wanted, String text) {
        return wanted.isEmpty() || wanted.stream().anyMatch(each -> fits(each, text));
    }

    private static boolean fits(String wanted, String text) {
        if (wanted.startsWith("*")) {
            return text.endsWith(wanted.substring(1));
        }
        return wanted.endsWith("*") ? text.startsWith(wanted.substring(0, wanted.length() - 1)) : text.equals(wanted);
    }
}
