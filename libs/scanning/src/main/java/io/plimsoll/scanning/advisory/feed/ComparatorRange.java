package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.scanning.advisory.VersionRange;
import io.plimsoll.scanning.advisory.VersionRange.Event;
import io.plimsoll.scanning.advisory.VersionRange.Kind;
import io.plimsoll.scanning.advisory.VersionRange.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ranges of semantic versions written with comparators, as old npm advisories and Kubernetes' list have them:
 * {@code >=1.0.0 <1.2.3 || 2.0.0}, {@code >= 1.28, <= 1.28.8}, {@code ~1.2.3}, {@code 2.0.x}, {@code *}.
 */
final class ComparatorRange {
    private static final Pattern COMPARATOR = Pattern.compile(
            "(>=|<=|>|<|==|=|~|\\^)?\\s*v?(\\d+(?:\\.\\d+)*(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?)(\\.[xX*])?");

    private ComparatorRange() {}

    /** @throws IllegalArgumentException naming the part that is not understood */
    static List<VersionRange> parse(String text) {
        List<VersionRange> ranges = new ArrayList<>();
        for (String alternative : text.split("\\|\\|")) {
            ranges.add(alternative(alternative.strip()));
        }
        return ranges;
    }

    private static VersionRange alternative(String text) {
        if (text.isEmpty() || text.equals("*") || text.equalsIgnoreCase("all")) {
            return new VersionRange(Kind.SEMVER, List.of(new Event(Turn.INTRODUCED, "0")));
        }
        String introduced = "0";
        List<Event> ends = new ArrayList<>();
        Matcher comparator = COMPARATOR.matcher(text);
        int at = 0;
        while (comparator.find()) {
            requireSeparator(text.substring(at, comparator.start()), text);
            at = comparator.end();
            String version = comparator.group(2);
            String sign = comparator.group(1) == null ? "=" : comparator.group(1);
            if (comparator.group(3) != null) {
                introduced = lowest(version);
                ends.add(new Event(Turn.FIXED, next(version, places(version) - 1)));
                continue;
            }
            switch (sign) {
                case ">=" -> introduced = lowest(version);
                case ">" -> introduced = next(version, 2);
                case "<" -> ends.add(new Event(Turn.FIXED, version));
                case "<=" -> ends.add(new Event(Turn.LAST_AFFECTED, version));
                case "~" -> {
                    introduced = version;
                    ends.add(new Event(Turn.FIXED, next(version, 1)));
                }
                case "^" -> {
                    introduced = version;
                    ends.add(new Event(Turn.FIXED, next(version, version.startsWith("0.") ? 1 : 0)));
                }
                default -> {
                    introduced = version;
                    ends.add(new Event(Turn.LAST_AFFECTED, version));
                }
            }
        }
        requireSeparator(text.substring(at), text);
        List<Event> events = new ArrayList<>();
        events.add(new Event(Turn.INTRODUCED, introduced));
        events.addAll(ends);
        return new VersionRange(Kind.SEMVER, events);
    }

    private static void requireSeparator(String between, String text) {
        if (!between.isBlank() && !between.strip().equals(",")) {
            throw new IllegalArgumentException("a range that is not understood: \"" + text + "\"");
        }
    }

    /** What "1.10" begins with: its pre-releases too. A version written in full is itself. */
    private static String lowest(String version) {
        int places = places(version);
        return places >= 3 || version.indexOf('-') >= 0 ? version : version + ".0".repeat(3 - places) + "-0";
    }

    private static int places(String version) {
        return version.split("[-+]")[0].split("\\.").length;
    }

    /** The lowest version above all that begin as this one does, up to its number at {@code place}. */
    private static String next(String version, int place) {
        String[] numbers = version.split("[-+]")[0].split("\\.");
        StringBuilder next = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            long number = i < numbers.length && i <= place ? Long.parseLong(numbers[i]) : 0;
            next.append(i == 0 ? "" : ".").append(i == place ? number + 1 : number);
        }
        return next + "-0";
    }
}
