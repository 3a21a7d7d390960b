/** Evidence counted over populations, ratios against thresholds. */
@NullMarked
package io.plimsoll.maturity.gate;

import org.jspecify.annotations.NullMarked;
