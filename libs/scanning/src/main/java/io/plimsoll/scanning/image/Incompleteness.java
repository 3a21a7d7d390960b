package io.plimsoll.scanning.image;

/**
 * Something that was not read, so that the answer about the image is not the whole one.
 *
 * @param where path in the image, {@code layer 3}, {@code manifest}
 * @param what one sentence: what is wrong, with the limit where one was passed
 */
public record Incompleteness(String where, String what) {
    @Override
    public String toString() {
        return where + ": " + what;
    }
}
