package io.plimsoll.assessment;

import io.plimsoll.kernel.Source;

/**
 * Something the assessment could not see or did not analyse, or read otherwise than its author may think.
 *
 * @param kind {@code document}, {@code notice}, {@code not-rendered}, {@code not-analysed},
 *     {@code policy-problem}, {@code declaration}, {@code not-seen}, {@code coverage-lost} or {@code exemption}: a platform
 *     part breaks what its component is known to need
 */
public record Coverage(String kind, String text, Source source) {}
