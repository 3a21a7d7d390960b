package io.plimsoll.assessment.declaration;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.value.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One mapping of a declarations file, read strictly: a misspelt field must not silently say nothing. Every fault is an {@link
 * IllegalArgumentException} that names file, line and field.
 */
final class Fields {

    private final String file;
    private final Value.Obj value;
    private final String where;
    private final Set<String> asked = new HashSet<>();

    private Fields(String file, Value.Obj value, String where) {
        this.file = file;
        this.value = value;
        this.where = where;
    }

    /** @param where what the mapping is, for messages */
    static Fields of(String file, Value value, String where) {
        if (value instanceof Value.Obj obj) {
            return new Fields(file, obj, where);
        }
        throw new IllegalArgumentException(file + ":" + value.line() + ": " + where + " must be a mapping");
    }

    Source source() {
        return new Source(file, 1, value.line());
    }

    IllegalArgumentException fault(String message) {
        return new IllegalArgumentException(file + ":" + value.line() + ": " + where + ": " + message);
    }

    boolean has(String key) {
        asked.add(key);
        return value.at(key).present();
    }

    /** A text that must be there, of at most {@code lengthMax} characters. */
    String text(String key, int lengthMax) {
        return optionalText(key, lengthMax).orElseThrow(() -> fault(key + " is missing"));
    }

    Optional<String> optionalText(String key, int lengthMax) {
        asked.add(key);
        Value at = value.at(key);
        if (!at.present()) {
            return Optional.empty();
        }
        if (!(at instanceof Value.Text text) || text.raw().isBlank()) {
            throw fault(key + " must be a text");
        }
        if (text.raw().length() > lengthMax) {
            throw fault(key + " is longer than " + lengthMax + " characters");
        }
        return Optional.of(text.raw());
    }

    String matching(String key, Pattern pattern, int lengthMax) {
        String text = text(key, lengthMax);
        if (!pattern.matcher(text).matches()) {
            throw fault(key + " cannot be \"" + text + "\" (it must match " + pattern + ")");
        }
        return text;
    }

    boolean truth(String key) {
        asked.add(key);
        return value.at(key).bool().orElseThrow(() -> fault(key + " must be true or false"));
    }

    Optional<Double> ratio(String key) {
        asked.add(key);
        Value at = value.at(key);
        if (!at.present()) {
            return Optional.empty();
        }
        if (at instanceof Value.Num num) {
            double ratio = num.raw().doubleValue();
            if (ratio >= 0 && ratio <= 1) {
                return Optional.of(ratio);
            }
        }
        throw fault(key + " must be a number between 0 and 1");
    }

    /** A word out of a few. */
    Optional<String> word(String key, Set<String> allowed) {
        Optional<String> text = optionalText(key, 100);
        if (text.isPresent() && !allowed.contains(text.get())) {
            throw fault(key + " must be one of " + allowed.stream().sorted().toList() + ", not \"" + text.get() + "\"");
        }
        return text;
    }

    /** A date or an instant; a plain date is the start of its day, UTC, or the start of the next one where an end is meant. */
    Instant when(String key, boolean end) {
        String text = text(key, 40);
        try {
            if (text.length() == 10) {
                LocalDate day = LocalDate.parse(text);
                return (end ? day.plusDays(1) : day).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    fault(key + " must be a date or an instant such as 2026-01-31T00:00:00Z, not \"" + text + "\"")
                            .getMessage(),
                    e);
        }
    }

    Fields mapping(String key) {
        asked.add(key);
        return of(file, value.at(key), where + "." + key);
    }

    /** Each item of a list of mappings, read and found complete; nothing where the list is not given. */
    <T> List<T> each(String key, int itemsMax, Function<Fields, T> read) {
        asked.add(key);
        Value at = value.at(key);
        if (!at.present()) {
            return List.of();
        }
        if (!(at instanceof Value.Arr arr)) {
            throw fault(key + " must be a list");
        }
        if (arr.values().size() > itemsMax) {
            throw fault(key + " has " + arr.values().size() + " items, more than " + itemsMax);
        }
        List<T> items = new ArrayList<>();
        int index = 0;
        for (Value item : arr.values()) {
            Fields fields = of(file, item, key + "[" + index++ + "]");
            T read1 = fields.checked(read);
            fields.nothingElse();
            items.add(read1);
        }
        return items;
    }

    List<String> texts(String key, Pattern pattern, int itemsMax) {
        asked.add(key);
        List<Value> items = value.items(key);
        if (value.at(key).present() && !(value.at(key) instanceof Value.Arr) || items.size() > itemsMax) {
            throw fault(key + " must be a list of at most " + itemsMax + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (Value item : items) {
            if (!(item instanceof Value.Text text)
                    || !pattern.matcher(text.raw()).matches()) {
                throw new IllegalArgumentException(file + ":" + item.line() + ": " + where + "." + key
                        + " holds something that does not match " + pattern);
            }
            texts.add(text.raw());
        }
        return texts;
    }

    /** A record that refuses its values says why; here it also says where. */
    <T> T checked(Function<Fields, T> read) {
        try {
            return read.apply(this);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith(file + ":")) {
                throw e;
            }
            throw new IllegalArgumentException(fault(message).getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when a field was given that nobody asked for */
    void nothingElse() {
        for (String key : value.fields().keySet()) {
            if (!asked.contains(key)) {
                throw new IllegalArgumentException(
                        file + ":" + value.at(key).line() + ": " + where + ": there is no field " + key
                                + " here (known: " + asked.stream().sorted().toList() + ")");
            }
        }
    }
}
