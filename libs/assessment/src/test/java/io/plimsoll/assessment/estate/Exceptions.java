package io.plimsoll.assessment.estate;

import java.util.Map;
import java.util.TreeMap;

/** The gates that have no mutant which lacks only them, with the reason; {@code exceptions.txt}. */
final class Exceptions {

    /** The list may only shrink: this figure is lowered with it and never raised. */
    static final int AT_MOST = 2;

    private Exceptions() {}

    /** Reason by gate, in order. */
    static Map<String, String> read() {
        Map<String, String> reasons = new TreeMap<>();
        StagedEstate.text(StagedEstate.FOLDER.resolve("exceptions.txt"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.indexOf(' ');
                    reasons.put(line.substring(0, space), line.substring(space).strip());
                });
        return reasons;
    }
}
