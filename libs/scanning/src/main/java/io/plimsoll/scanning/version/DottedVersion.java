package io.plimsoll.scanning.version;

import java.util.List;

/**
 * Numbers between dots (Haskell's Package Versioning Policy), or between dots and hyphens (R's numeric_version): by value from
 * the left, the longer above its own beginning.
 */
record DottedVersion(List<String> numbers) implements VersionKey {

    static DottedVersion read(String text, String separators) {
        List<String> numbers = List.of(text.split("[" + separators + "]", -1));
        for (String number : numbers) {
            if (!Decimal.isNumber(number)) {
                throw new MalformedVersion("more than numbers and their separators");
            }
        }
        return new DottedVersion(numbers);
    }

    @Override
    public int compareWith(VersionKey key) {
        List<String> others = ((DottedVersion) key).numbers;
        for (int i = 0; i < Math.min(numbers.size(), others.size()); i++) {
            int byNumber = Decimal.compare(numbers.get(i), others.get(i));
            if (byNumber != 0) {
                return byNumber;
            }
        }
        return Integer.compare(numbers.size(), others.size());
    }
}
