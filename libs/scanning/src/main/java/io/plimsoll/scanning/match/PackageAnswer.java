package io.plimsoll.scanning.match;

import io.plimsoll.scanning.pack.Package;
import java.util.List;
import java.util.Optional;

/**
 * What is known against one package.
 *
 * @param findings sorted by name
 * @param setAside sorted by name
 * @param gaps why the answer is not whole; empty when it is
 * @param judgedWith the distribution package that owns its files and is judged instead; empty when it is judged itself
 */
public record PackageAnswer(
        Package pack, List<Finding> findings, List<SetAside> setAside, List<Gap> gaps, Optional<String> judgedWith) {

    /** The answer in a word. */
    public enum Outcome {
        FOUND,
        /** Looked for in whole and current feeds, and nothing is known. */
        NOTHING_KNOWN,
        /** Nothing found, and the search was not whole. */
        UNKNOWN,
        /** See {@link PackageAnswer#judgedWith()}. */
        JUDGED_WITH_OWNER
    }

    public PackageAnswer {
        findings = findings.stream().sorted().toList();
        setAside = List.copyOf(setAside);
        gaps = gaps.stream().distinct().toList();
    }

    public Outcome outcome() {
        if (judgedWith.isPresent()) {
            return Outcome.JUDGED_WITH_OWNER;
        }
        if (!findings.isEmpty()) {
            return Outcome.FOUND;
        }
        return gaps.isEmpty() ? Outcome.NOTHING_KNOWN : Outcome.UNKNOWN;
    }
}
