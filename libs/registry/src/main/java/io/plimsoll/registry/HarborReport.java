package io.plimsoll.registry;

import java.time.Instant;

/**
 * What Harbor's scanner reported on an artifact.
 *
 * @param when it had ended
 * @param by name and version of the scanner; may be empty
 * @param criticals how many weaknesses it calls critical, with a fix or without
 * @param fixable how many of any severity have a fix
 */
public record HarborReport(Instant when, String by, int criticals, int fixable) {}
