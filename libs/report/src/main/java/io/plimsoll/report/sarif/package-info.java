/** Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code hosts and editors. */
@NullMarked
package io.plimsoll.report.sarif;

import org.jspecify.annotations.NullMarked;
