package io.plimsoll.segmentation.change;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Where two bodies differ, whatever lines they stand on. */
final class FieldPaths {

    private FieldPaths() {}

    /** Paths of fields that differ, in the order of their names; {@code *} where what is declared several times differs. */
    static List<String> differing(Resource one, Resource other, int max) {
        List<Resource> mine = one.declared();
        List<Resource> theirs = other.declared();
        if (mine.size() != theirs.size()) {
            return List.of("*");
        }
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            add(mine.get(i).body(), theirs.get(i).body(), "", paths);
        }
        return paths.subList(0, Math.min(max, paths.size()));
    }

    private static void add(Value one, Value other, String path, List<String> paths) {
        if (one instanceof Value.Obj mine && other instanceof Value.Obj theirs) {
            TreeSet<String> keys = new TreeSet<>(mine.fields().keySet());
            keys.addAll(theirs.fields().keySet());
            for (String key : keys) {
                add(mine.at(key), theirs.at(key), path.isEmpty() ? key : path + "." + key, paths);
            }
        } else if (one instanceof Value.Arr mine
                && other instanceof Value.Arr theirs
                && mine.values().size() == theirs.values().size()) {
            for (int i = 0; i < mine.values().size(); i++) {
                add(mine.values().get(i), theirs.values().get(i), path + "[" + i + "]", paths);
            }
        } else if (!same(one, other)) {
            paths.add(path.isEmpty() ? "*" : path);
        }
    }

    private static boolean same(Value one, Value other) {
        return switch (one) {
            case Value.Text text ->
                other instanceof Value.Text that && text.raw().equals(that.raw());
            case Value.Num num -> other instanceof Value.Num that && num.raw().compareTo(that.raw()) == 0;
            case Value.Bool bool -> other instanceof Value.Bool that && bool.raw() == that.raw();
            case Value.Null nothing -> other instanceof Value.Null;
            case Value.Obj obj -> false;
            case Value.Arr arr -> false;
        };
    }
}
