package io.plimsoll.assessment.estate;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing that is done to an estate to take evidence away. Each must touch something, or the case has gone stale. */
sealed interface Change {

    StagedEstate in(StagedEstate estate);

    /** Objects leave the input. */
    record Remove(Selector selector) implements Change {
        @Override
        public StagedEstate in(StagedEstate estate) {
            return selector.each(estate, document -> List.of());
        }
    }

    /** A field of objects gets another value; null takes it away. */
    record Set(Selector selector, List<String> path, Value value) implements Change {
        @Override
        public StagedEstate in(StagedEstate estate) {
            return selector.each(
                    estate, document -> List.of(new Document(put(document.body(), path, value), document.source())));
        }
    }

    /** As {@link Set}, but what was declared before stays beside it: an identity declared twice. */
    record SetAgain(Set set) implements Change {
        @Override
        public StagedEstate in(StagedEstate estate) {
            return set.selector()
                    .each(
                            estate,
                            document -> List.of(
                                    document,
                                    new Document(put(document.body(), set.path(), set.value()), document.source())));
        }
    }

    /** An object more, in each of the clusters. */
    record Add(List<String> into, Value object) implements Change {
        @Override
        public StagedEstate in(StagedEstate estate) {
            Map<String, List<Document>> clusters = new LinkedHashMap<>(estate.clusters());
            for (String cluster : into) {
                List<Document> documents = new ArrayList<>(clusters.getOrDefault(cluster, List.of()));
                documents.add(new Document(object, new Source("mutants.yaml", 1, object.line())));
                clusters.put(cluster, List.copyOf(documents));
            }
            return estate.with(clusters);
        }
    }

    /** Something is no longer declared: the entry of that id or prefix, in whatever list of the facts. */
    record Forget(String id) implements Change {
        @Override
        public StagedEstate in(StagedEstate estate) {
            Value facts = without(estate.facts());
            if (facts.equals(estate.facts())) {
                throw new IllegalStateException("nothing is declared under " + id);
            }
            return new StagedEstate(estate.clusters(), facts);
        }

        private Value without(Value value) {
            return switch (value) {
                case Value.Obj obj -> {
                    Map<String, Value> fields = new LinkedHashMap<>(obj.fields());
                    fields.replaceAll((key, field) -> without(field));
                    yield new Value.Obj(fields, obj.line());
                }
                case Value.Arr arr ->
                    new Value.Arr(
                            arr.values().stream()
                                    .filter(item -> !item.text("id").equals(id)
                                            && !item.text("prefix").equals(id))
                                    .map(this::without)
                                    .toList(),
                            arr.line());
                case Value.Text text -> text;
                case Value.Num num -> num;
                case Value.Bool bool -> bool;
                case Value.Null nothing -> nothing;
            };
        }
    }

    /** Something more is declared, in one of the lists of the facts. */
    record Declare(String list, Value entry) implements Change {
        @Override
        public StagedEstate in(StagedEstate estate) {
            List<Value> entries = new ArrayList<>(estate.facts().items(list));
            entries.add(entry);
            return new StagedEstate(
                    estate.clusters(), put(estate.facts(), List.of(list), new Value.Arr(entries, entry.line())));
        }
    }

    /** As written in {@code mutants.yaml}. */
    static Change read(Value change) {
        if (change.hasKey("remove")) {
            return new Remove(Selector.read(change.at("remove")));
        }
        if (change.hasKey("set")) {
            Value set = change.at("set");
            return new Set(Selector.read(set), set.at("path").texts(), set.at("value"));
        }
        if (change.hasKey("add")) {
            return new Add(Selector.texts(change.at("add", "cluster")), change.at("add", "object"));
        }
        if (change.hasKey("forget")) {
            return new Forget(change.text("forget"));
        }
        if (change.hasKey("declare")) {
            return new Declare(change.at("declare").text("list"), change.at("declare", "entry"));
        }
        throw new IllegalArgumentException(
                "mutants.yaml:" + change.line() + ": remove, set, add, forget or declare is expected");
    }

    /** The value with another at the path: keys, or places in a sequence; null takes a field away. */
    static Value put(Value in, List<String> path, Value value) {
        if (path.isEmpty()) {
            return value;
        }
        String key = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (in instanceof Value.Arr arr) {
            List<Value> items = new ArrayList<>(arr.values());
            int index = Integer.parseInt(key);
            items.set(index, put(items.get(index), rest, value));
            return new Value.Arr(items, arr.line());
        }
        Map<String, Value> fields = new LinkedHashMap<>(in.fields());
        if (rest.isEmpty() && !value.present()) {
            fields.remove(key);
        } else {
            fields.put(key, put(fields.getOrDefault(key, Value.MISSING), rest, value));
        }
        return new Value.Obj(fields, in.line());
    }
}
