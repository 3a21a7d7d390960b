package io.plimsoll.assessment;

import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Changes one field of an object, whichever; its identity stays. */
final class Edit {

    private static final List<String> IDENTITY = List.of("apiVersion", "kind", "metadata.name", "metadata.namespace");
    private static final List<String> WORDS = List.of(
            "web",
            "cart",
            "red",
            "shop",
            "bank",
            "enabled",
            "disabled",
            "baseline",
            "restricted",
            "STRICT",
            "Enforce",
            "Audit",
            "Deny",
            "latest",
            "cluster-admin",
            "registry.example.com/web:1.0",
            "ghcr.io/kyverno/kyverno:v1.12.0",
            "openpolicyagent/gatekeeper:v3.16.0",
            "");

    private final Random random;

    Edit(Random random) {
        this.random = random;
    }

    Value of(Value body) {
        List<List<Object>> places = new ArrayList<>();
        collect(body, List.of(), places);
        return places.isEmpty() ? body : at(body, places.get(random.nextInt(places.size())));
    }

    private static void collect(Value value, List<Object> here, List<List<Object>> places) {
        String path = String.join(".", here.stream().map(String::valueOf).toList());
        if (!here.isEmpty() && !IDENTITY.contains(path) && !path.equals("metadata")) {
            places.add(here);
        }
        value.fields().forEach((key, field) -> collect(field, with(here, key), places));
        List<Value> items = value.items();
        for (int i = 0; i < items.size(); i++) {
            collect(items.get(i), with(here, i), places);
        }
    }

    private static List<Object> with(List<Object> here, Object step) {
        List<Object> path = new ArrayList<>(here);
        path.add(step);
        return path;
    }

    private Value at(Value value, List<Object> path) {
        Object step = path.getFirst();
        List<Object> rest = path.subList(1, path.size());
        if (step instanceof Integer index) {
            List<Value> items = new ArrayList<>(value.items());
            if (rest.isEmpty() && random.nextInt(3) == 0) {
                items.remove(index.intValue());
            } else {
                items.set(index, rest.isEmpty() ? other(items.get(index)) : at(items.get(index), rest));
            }
            return new Value.Arr(items, value.line());
        }
        Map<String, Value> fields = new LinkedHashMap<>(value.fields());
        String key = (String) step;
        Value field = fields.getOrDefault(key, Value.MISSING);
        if (rest.isEmpty() && random.nextInt(3) == 0) {
            fields.remove(key);
        } else {
            fields.put(key, rest.isEmpty() ? other(field) : at(field, rest));
        }
        return new Value.Obj(fields, value.line());
    }

    private Value other(Value value) {
        return switch (value) {
            case Value.Bool bool -> new Value.Bool(!bool.raw(), bool.line());
            case Value.Num num -> new Value.Num(BigDecimal.valueOf(random.nextInt(3)), num.line());
            case Value.Text text -> word();
            case Value.Null nothing -> word();
            case Value.Arr arr ->
                random.nextBoolean() ? new Value.Arr(List.of(), arr.line()) : new Value.Null(arr.line());
            case Value.Obj obj -> labelled(obj);
        };
    }

    private Value labelled(Value.Obj obj) {
        Map<String, Value> fields = new LinkedHashMap<>(obj.fields());
        List<String> keys = List.copyOf(Set.of("app", "team", "hostNetwork", "privileged", "replicas"));
        fields.put(
                keys.get(random.nextInt(keys.size())),
                random.nextBoolean() ? word() : new Value.Bool(random.nextBoolean(), 0));
        return new Value.Obj(fields, obj.line());
    }

    private Value word() {
        return new Value.Text(WORDS.get(random.nextInt(WORDS.size())), 0);
    }
}
