package io.plimsoll.scanning.version;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Conan 2's order: items between dots, numbers by value, a number beside a word as text; trailing zeros do not count; then
 * the pre-release after a hyphen, which comes before the plain version, then the build after a plus. As text beside by
 * value makes it intransitive for such mixtures ({@code 9}, {@code 10}, {@code 1a}), in Conan itself too.
 */
record ConanVersion(
        List<String> items,
        @Nullable ConanVersion pre,
        @Nullable ConanVersion build) implements VersionKey {
    private static final int DEPTH_MAX = 4;

    static ConanVersion read(String text) {
        if (text.isEmpty() || text.indexOf(' ') >= 0) {
            throw new MalformedVersion("empty, or with blanks");
        }
        return read(text.toLowerCase(Locale.ROOT), 0);
    }

    private static ConanVersion read(String text, int depth) {
        String rest = text;
        ConanVersion build = null;
        ConanVersion pre = null;
        int plus = rest.lastIndexOf('+');
        if (plus > 0 && depth < DEPTH_MAX) {
            build = read(rest.substring(plus + 1), depth + 1);
            rest = rest.substring(0, plus);
        }
        int hyphen = rest.lastIndexOf('-');
        if (hyphen > 0 && depth < DEPTH_MAX) {
            pre = read(rest.substring(hyphen + 1), depth + 1);
            rest = rest.substring(0, hyphen);
        }
        String[] items = rest.split("\\.", -1);
        int end = items.length;
        while (end > 0 && Decimal.isNumber(items[end - 1]) && Decimal.isZero(items[end - 1])) {
            end--;
        }
        return new ConanVersion(List.of(items).subList(0, end), pre, build);
    }

    @Override
    public int compareWith(VersionKey key) {
        ConanVersion other = (ConanVersion) key;
        int byItems = compareItems(items, other.items);
        if (byItems != 0) {
            return byItems;
        }
        if (pre == null || other.pre == null) {
            int byPresence = Boolean.compare(pre == null, other.pre == null);
            if (byPresence != 0) {
                return byPresence;
            }
        } else {
            int byPre = pre.compareWith(other.pre);
            if (byPre != 0) {
                return byPre;
            }
        }
        if (build == null || other.build == null) {
            return Boolean.compare(build != null, other.build != null);
        }
        return build.compareWith(other.build);
    }

    private static int compareItems(List<String> first, List<String> second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            String a = first.get(i);
            String b = second.get(i);
            int byItem = Decimal.isNumber(a) && Decimal.isNumber(b) ? Decimal.compare(a, b) : a.compareTo(b);
            if (byItem != 0) {
                return byItem;
            }
        }
        return Integer.compare(first.size(), second.size());
    }
}
