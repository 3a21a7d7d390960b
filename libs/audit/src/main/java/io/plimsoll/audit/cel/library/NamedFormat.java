package io.plimsoll.audit.cel.library;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of names and values that Kubernetes validates its own fields by, with its own messages. */
enum NamedFormat {
    DNS1123_LABEL("dns1123Label"),
    DNS1123_SUBDOMAIN("dns1123Subdomain"),
    DNS1035_LABEL("dns1035Label"),
    QUALIFIED_NAME("qualifiedName"),
    DNS1123_LABEL_PREFIX("dns1123LabelPrefix"),
    DNS1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix"),
    DNS1035_LABEL_PREFIX("dns1035LabelPrefix"),
    LABEL_VALUE("labelValue"),
    URI("uri"),
    UUID("uuid"),
    BYTE("byte"),
    DATE("date"),
    DATETIME("datetime");

    private static final int LABEL_BYTES_MAX = 63;
    private static final int SUBDOMAIN_BYTES_MAX = 253;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String KEY_MESSAGE =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
    private static final String TIME = "([0-1][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](.[0-9]+)?(z|[+-][0-9]{2}:[0-9]{2})";

    private final String id;

    NamedFormat(String id) {
        this.id = id;
    }

    /** The name that expressions know it by. */
    String id() {
        return id;
    }

    static Optional<NamedFormat> named(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }

    /** What is wrong with the text; empty where nothing is. */
    List<String> faults(String text) {
        return switch (this) {
            case DNS1123_LABEL -> label(text);
            case DNS1123_SUBDOMAIN -> subdomain(text);
            case DNS1035_LABEL -> label1035(text);
            case QUALIFIED_NAME -> key(text);
            case DNS1123_LABEL_PREFIX -> label(masked(text));
            case DNS1123_SUBDOMAIN_PREFIX -> subdomain(masked(text));
            case DNS1035_LABEL_PREFIX -> label1035(masked(text));
            case LABEL_VALUE -> labelValue(text);
            case URI -> Url.isUrl(text) ? List.of() : List.of("parse \"" + text + "\": invalid URI for request");
            case UUID ->
                faultIf(
                        !Patterns.isWhole(
                                text,
                                "(?i)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})"),
                        "does not match the UUID format");
            case BYTE ->
                faultIf(
                        !Patterns.isWhole(
                                text, "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})"),
                        "invalid base64");
            case DATE -> faultIf(!isDate(text), "invalid date");
            case DATETIME -> faultIf(!isDateTime(text), "invalid datetime");
        };
    }

    private static List<String> label(String text) {
        List<String> faults = tooLong(text, LABEL_BYTES_MAX);
        if (!Patterns.isWhole(text, LABEL)) {
            faults.add(
                    Patterns.isWhole(text, SUBDOMAIN)
                            ? "must not contain dots"
                            : regex(
                                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                                            + " and must start and end with an alphanumeric character",
                                    LABEL,
                                    "my-name",
                                    "123-abc"));
        }
        return faults;
    }

    private static List<String> subdomain(String text) {
        List<String> faults = tooLong(text, SUBDOMAIN_BYTES_MAX);
        if (!Patterns.isWhole(text, SUBDOMAIN)) {
            faults.add(regex(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character",
                    SUBDOMAIN,
                    "example.com"));
        }
        return faults;
    }

    private static List<String> label1035(String text) {
        List<String> faults = tooLong(text, LABEL_BYTES_MAX);
        if (!Patterns.isWhole(text, LABEL_1035)) {
            faults.add(regex(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character",
                    LABEL_1035,
                    "my-name",
                    "abc-123"));
        }
        return faults;
    }

    private static List<String> key(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2) {
            return List.of("a valid label key " + regex(KEY_MESSAGE, KEY, "MyName", "my.name", "123-abc")
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        List<String> faults = new ArrayList<>();
        if (parts.length == 2) {
            List<String> prefix = parts[0].isEmpty() ? List.of("must be non-empty") : subdomain(parts[0]);
            prefix.forEach(fault -> faults.add("prefix part " + fault));
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            faults.add("name part must be non-empty");
        } else {
            tooLong(name, LABEL_BYTES_MAX).forEach(fault -> faults.add("name part " + fault));
        }
        if (!Patterns.isWhole(name, KEY)) {
            faults.add("name part " + regex(KEY_MESSAGE, KEY, "MyName", "my.name", "123-abc"));
        }
        return faults;
    }

    private static List<String> labelValue(String text) {
        List<String> faults = tooLong(text, LABEL_BYTES_MAX);
        if (!Patterns.isWhole(text, "(" + KEY + ")?")) {
            faults.add(regex(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                            + " must start and end with an alphanumeric character",
                    "(" + KEY + ")?",
                    "MyValue",
                    "my_value",
                    "12345"));
        }
        return faults;
    }

    /** A prefix may end with a dash, because something follows it. */
    private static String masked(String text) {
        return text.length() > 1 && text.endsWith("-") ? text.substring(0, text.length() - 2) + "a" : text;
    }

    private static boolean isDate(String text) {
        if (!Patterns.isWhole(text, "[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            return false;
        }
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("t", -1);
        return parts.length >= 2 && isDate(parts[0]) && Patterns.isWhole(parts[1], TIME);
    }

    private static List<String> tooLong(String text, int bytesMax) {
        List<String> faults = new ArrayList<>();
        if (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > bytesMax) {
            faults.add("must be no more than " + bytesMax + " bytes");
        }
        return faults;
    }

    private static List<String> faultIf(boolean broken, String fault) {
        return broken ? List.of(fault) : List.of();
    }

    private static String regex(String message, String pattern, String... examples) {
        StringBuilder text = new StringBuilder(message).append(" (e.g. ");
        for (int i = 0; i < examples.length; i++) {
            text.append(i == 0 ? "'" : "or '").append(examples[i]).append("', ");
        }
        return text.append("regex used for validation is '")
                .append(pattern)
                .append("')")
                .toString();
    }
}
