package io.plimsoll.kubernetes.value;

import java.util.Map;

/** Mappings of texts, as labels and selectors are. */
public final class Texts {

    private Texts() {}

    /** True where all of {@code some} stands in {@code all}: what labels have to be for a selector by equality. */
    public static boolean includes(Map<String, String> all, Map<String, String> some) {
        for (Map.Entry<String, String> each : some.entrySet()) {
            if (!each.getValue().equals(all.get(each.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
