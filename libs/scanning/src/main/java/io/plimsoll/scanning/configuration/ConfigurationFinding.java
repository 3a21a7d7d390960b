package io.plimsoll.scanning.configuration;

/**
 * One thing that the image could do better.
 *
 * @param rule short and stable
 * @param source the recommendation it comes from, empty when it is our own
 * @param what the value found, in a sentence
 */
public record ConfigurationFinding(String rule, String source, String what) {}
