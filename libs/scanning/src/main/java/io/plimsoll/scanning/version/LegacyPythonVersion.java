package io.plimsoll.scanning.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came before PEP 440, as setuptools ordered it: numbers as eight digits, words by name, all below PEP 440's. */
record LegacyPythonVersion(List<String> parts) implements VersionKey {
    private static final Pattern PART = Pattern.compile("\\d+|[a-z]+|\\.|-|[^0-9a-z.-]+");
    private static final Map<String, String> NAMES =
            Map.of("pre", "c", "preview", "c", "-", "final-", "rc", "c", "dev", "@");
    private static final int DIGITS = 8;

    static LegacyPythonVersion read(String lower) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(lower);
        while (part.find()) {
            String name = NAMES.getOrDefault(part.group(), part.group());
            if (Decimal.isDigit(name.charAt(0))) {
                parts.add("0".repeat(Math.max(0, DIGITS - name.length())) + name);
            } else if (!name.equals(".")) {
                addWord(parts, "*" + name);
            }
        }
        addWord(parts, "*final");
        return new LegacyPythonVersion(List.copyOf(parts));
    }

    private static void addWord(List<String> parts, String word) {
        while (word.compareTo("*final") < 0
                && !parts.isEmpty()
                && parts.getLast().equals("*final-")) {
            parts.removeLast();
        }
        while (!parts.isEmpty() && parts.getLast().equals("0".repeat(DIGITS))) {
            parts.removeLast();
        }
        parts.add(word);
    }

    @Override
    public boolean specified() {
        return false;
    }

    @Override
    public int compareWith(VersionKey key) {
        if (!(key instanceof LegacyPythonVersion other)) {
            return -1;
        }
        for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
            int byPart = parts.get(i).compareTo(other.parts.get(i));
            if (byPart != 0) {
                return byPart;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }
}
