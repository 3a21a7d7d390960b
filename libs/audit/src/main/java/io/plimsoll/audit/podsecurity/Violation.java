package io.plimsoll.audit.podsecurity;

import io.plimsoll.kernel.Source;

/**
 * One field that breaks the standards.
 *
 * @param family of checks, for instance {@code hostnamespaces}
 * @param path of the field in its object, also where it is absent and should be written
 * @param value what stands there; empty when nothing does
 * @param message one sentence: who breaks what, and the change that mends it
 * @param source line of the field, or of what it is missing from
 */
public record Violation(String family, String path, String value, String message, Source source) {}
