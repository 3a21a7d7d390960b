package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.pack.Distribution;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** {@code os-release(5)}: shell assignments, quoted or not. */
public final class OsRelease {

    private OsRelease() {}

    public static void read(FileContent file, Findings into) {
        Map<String, String> fields = new HashMap<>();
        for (String line : file.lines()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                fields.put(
                        line.substring(0, equals).strip(),
                        unquoted(line.substring(equals + 1).strip()));
            }
        }
        String id = fields.getOrDefault("ID", "").toLowerCase(Locale.ROOT);
        if (!id.isBlank()) {
            into.distribution(new Distribution(
                    id,
                    fields.getOrDefault("VERSION_ID", ""),
                    fields.getOrDefault("VERSION_CODENAME", ""),
                    fields.getOrDefault("PRETTY_NAME", ""),
                    fields.getOrDefault("ID_LIKE", "")));
        }
    }

    private static String unquoted(String value) {
        if (value.length() >= 2
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"))) {
            return value.substring(1, value.length() - 1)
                    .replace("\\\"", "\"")
                    .replace("\\$", "$")
                    .replace("\\\\", "\\");
        }
        return value;
    }
}
