package io.plimsoll.scanning.version;

import java.util.List;
import java.util.Locale;

/**
 * NuGet's order ("Package versioning" in NuGet's documentation): semantic versions with an optional fourth number, words compared without
 * regard to case, build metadata not at all.
 */
record NugetVersion(List<String> numbers, List<String> preRelease) implements VersionKey {
    private static final int NUMBERS_MAX = 4;

    static NugetVersion read(String text) {
        SemanticVersion read = SemanticVersion.read(text.toLowerCase(Locale.ROOT), false);
        if (read.numbers().size() > NUMBERS_MAX) {
            throw new MalformedVersion("more than four numbers");
        }
        return new NugetVersion(read.numbers(), read.preRelease());
    }

    @Override
    public int compareWith(VersionKey key) {
        NugetVersion other = (NugetVersion) key;
        int byNumbers = SemanticVersion.compareNumbers(numbers, other.numbers);
        if (byNumbers != 0) {
            return byNumbers;
        }
        if (preRelease.isEmpty() != other.preRelease.isEmpty()) {
            return preRelease.isEmpty() ? 1 : -1;
        }
        return SemanticVersion.compareIdentifiers(preRelease, other.preRelease);
    }
}
