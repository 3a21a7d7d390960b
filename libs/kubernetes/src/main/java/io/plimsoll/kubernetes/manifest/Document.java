package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.value.Value;

/**
 * One parsed document, or one item of a {@code List} document.
 *
 * @param source file, ordinal of the document among the non-empty ones, and line where it begins
 */
public record Document(Value body, Source source) {}
