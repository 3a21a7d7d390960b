package io.plimsoll.scanning.version;

import java.util.List;

/**
 * Semantic Versioning 2.0.0, section 11, for npm, crates.io, Hex and the Kubernetes project; a leading {@code v} or
 * {@code =} is taken off as npm does, missing parts are 0, parts after the third are compared as numbers too. Build metadata
 * does not count, except in Dart's Pub, whose order goes on with it.
 *
 * @param numbers at least three
 * @param preRelease empty when it is a release
 * @param build empty when none, or when the scheme does not look at it
 */
record SemanticVersion(List<String> numbers, List<String> preRelease, List<String> build) implements VersionKey {

    static SemanticVersion read(String text, boolean withBuild) {
        String rest = text;
        if (rest.startsWith("=")) {
            rest = rest.substring(1).strip();
        }
        if (rest.startsWith("v") || rest.startsWith("V")) {
            rest = rest.substring(1);
        }
        int plus = rest.indexOf('+');
        List<String> build = plus < 0 || !withBuild ? List.of() : identifiers(rest.substring(plus + 1));
        String release = plus < 0 ? rest : rest.substring(0, plus);
        int hyphen = release.indexOf('-');
        List<String> pre = hyphen < 0 ? List.of() : identifiers(release.substring(hyphen + 1));
        List<String> numbers = numbers(hyphen < 0 ? release : release.substring(0, hyphen));
        return new SemanticVersion(numbers, pre, build);
    }

    private static List<String> numbers(String text) {
        String[] parts = text.split("\\.", -1);
        String[] padded = new String[Math.max(3, parts.length)];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = i < parts.length ? parts[i] : "0";
            if (!Decimal.isNumber(padded[i])) {
                throw new MalformedVersion("part " + (i + 1) + " is not a number");
            }
        }
        return List.of(padded);
    }

    private static List<String> identifiers(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Decimal.isDigit(c) && !Decimal.isLetter(c) && c != '-' && c != '.') {
                throw new MalformedVersion("character not allowed in a pre-release or build");
            }
        }
        List<String> identifiers = List.of(text.split("\\.", -1));
        if (identifiers.contains("")) {
            throw new MalformedVersion("an empty identifier in a pre-release or build");
        }
        return identifiers;
    }

    @Override
    public int compareWith(VersionKey key) {
        SemanticVersion other = (SemanticVersion) key;
        int byNumbers = compareNumbers(numbers, other.numbers);
        if (byNumbers != 0) {
            return byNumbers;
        }
        if (preRelease.isEmpty() != other.preRelease.isEmpty()) {
            return preRelease.isEmpty() ? 1 : -1;
        }
        int byPreRelease = compareIdentifiers(preRelease, other.preRelease);
        return byPreRelease != 0 ? byPreRelease : compareIdentifiers(build, other.build);
    }

    /** From the left, the missing counting as 0. */
    static int compareNumbers(List<String> first, List<String> second) {
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            int byNumber =
                    Decimal.compare(i < first.size() ? first.get(i) : "0", i < second.size() ? second.get(i) : "0");
            if (byNumber != 0) {
                return byNumber;
            }
        }
        return 0;
    }

    /** Numbers by value and below words, words by their bytes, and the longer list above its own beginning. */
    static int compareIdentifiers(List<String> first, List<String> second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            String a = first.get(i);
            String b = second.get(i);
            boolean number = Decimal.isNumber(a);
            if (number != Decimal.isNumber(b)) {
                return number ? -1 : 1;
            }
            int byIdentifier = number ? Decimal.compare(a, b) : a.compareTo(b);
            if (byIdentifier != 0) {
                return byIdentifier;
            }
        }
        return Integer.compare(first.size(), second.size());
    }
}
