package io.plimsoll.gateway.upload;

/**
 * An entry that is not taken. Not a fault: archives of whole repositories are welcome.
 *
 * @param name as passed on
 * @param why a fixed sentence
 */
public record Ignored(String name, String why) {}
