package io.plimsoll.scanning.advisory.feed;

/**
 * Something in a feed that could not be read; the rest was.
 *
 * @param feed its name
 * @param place the file or member, with the line where there is one
 * @param message what is wrong, and the bound where one was passed
 */
public record FeedProblem(String feed, String place, String message) {
    @Override
    public String toString() {
        return feed + ": " + place + ": " + message;
    }
}
