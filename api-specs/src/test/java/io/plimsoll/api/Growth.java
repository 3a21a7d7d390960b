package io.plimsoll.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What changed between a published API and the present one. A line may come, none may go or change, except that a field
 * or an enum value may be buried: its number and its name are reserved.
 *
 * @param broken lines of the baseline that are gone and not buried, in its order
 * @param buried lines of the baseline that are gone and reserved, in its order
 * @param added lines that the baseline does not have
 */
record Growth(List<String> broken, List<String> buried, List<String> added) {

    private static final Pattern NUMBERED = Pattern.compile("(?:field|value) (\\S+)\\.([^.\\s]+) = (-?\\d+)\\b.*");

    static Growth between(Collection<String> baseline, Set<String> now) {
        List<String> broken = new ArrayList<>();
        List<String> buried = new ArrayList<>();
        for (String line : baseline) {
            if (!now.contains(line)) {
                (isBuried(line, now) ? buried : broken).add(line);
            }
        }
        Set<String> added = new TreeSet<>(now);
        added.removeAll(baseline);
        return new Growth(broken, buried, List.copyOf(added));
    }

    boolean nothing() {
        return broken.isEmpty() && buried.isEmpty() && added.isEmpty();
    }

    private static boolean isBuried(String line, Set<String> now) {
        Matcher numbered = NUMBERED.matcher(line);
        return numbered.matches()
                && now.contains(ApiText.reserved(numbered.group(1), Integer.parseInt(numbered.group(3))))
                && now.contains(ApiText.reserved(numbered.group(1), numbered.group(2)));
    }
}
