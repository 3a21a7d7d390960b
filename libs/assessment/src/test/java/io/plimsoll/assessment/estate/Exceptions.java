package io.plimsoll.assessment.estate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gates that lack something, each with the reason. A list may only shrink.
 *
 * @param most its length: lowered with it and never raised
 * @param reasons by gate, in order
 */
record Exceptions(int most, Map<String, String> reasons) {

    /** No mutant lacks these alone. */
    static final Exceptions NOT_ALONE = read("exceptions.txt", 2);
    /** Nothing measures these: a declaration answers. */
    static final Exceptions WAITING = read("waiting.txt", 13);

    Exceptions {
        reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
    }

    private static Exceptions read(String file, int most) {
        Map<String, String> reasons = new TreeMap<>();
        StagedEstate.text(StagedEstate.FOLDER.resolve(file))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.indexOf(' ');
                    reasons.put(line.substring(0, space), line.substring(space).strip());
                });
        return new Exceptions(most, reasons);
    }

    /** As a list of Markdown. */
    String shown() {
        StringBuilder text = new StringBuilder();
        reasons.forEach((gate, reason) -> text.append("- %s: %s\n".formatted(gate, reason)));
        return text.toString();
    }
}
