package io.plimsoll.audit.podsecurity;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in an object: its path, what stands there, and the line to show. A place where nothing stands has the line of the
 * nearest mapping above it that is written down.
 */
public record Field(String path, Value value, Source source) {

    /** An object as a whole: the paths of its fields begin with their own names. */
    public static Field of(Resource object) {
        return new Field("", object.body(), object.source());
    }

    /** The place under {@code keys}, key by key. */
    public Field at(String... keys) {
        Field here = this;
        for (String key : keys) {
            here = here.child(here.path.isEmpty() ? key : here.path + "." + key, here.value.at(key));
        }
        return here;
    }

    /** The place under a key that is no identifier, an annotation's for instance. */
    public Field entry(String key) {
        return child(path + "['" + key + "']", value.at(key));
    }

    /** The items of a sequence; nothing for every other shape. */
    public List<Field> items() {
        List<Value> values = value.items();
        List<Field> items = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            items.add(child(path + "[" + i + "]", values.get(i)));
        }
        return items;
    }

    /** True when something stands here; null is nothing. */
    public boolean written() {
        return value.present();
    }

    /** True only for a real boolean of that value: Kubernetes refuses the text "true". */
    public boolean is(boolean expected) {
        return value instanceof Value.Bool bool && bool.raw() == expected;
    }

    public Optional<String> text() {
        return value.text();
    }

    /** What stands here, for people: a scalar as written, the shape of everything else, empty for nothing. */
    public String shown() {
        return switch (value) {
            case Value.Obj obj -> "a mapping";
            case Value.Arr arr -> "a list";
            case Value.Text text -> text.raw();
            case Value.Num num -> num.raw().toPlainString();
            case Value.Bool bool -> Boolean.toString(bool.raw());
            case Value.Null nothing -> "";
        };
    }

    private Field child(String childPath, Value child) {
        return new Field(childPath, child, source.atLine(child.line()));
    }
}
