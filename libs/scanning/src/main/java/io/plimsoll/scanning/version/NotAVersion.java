package io.plimsoll.scanning.version;

/**
 * A text its ecosystem has no order for.
 *
 * @param text as given, cut to 200 characters
 * @param why one clause, for people: {@code "the epoch is not a number"}
 */
public record NotAVersion(String text, String why) implements VersionReading {

    private static final int SHOWN_MAX = 200;

    public NotAVersion {
        text = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) : text;
    }
}
