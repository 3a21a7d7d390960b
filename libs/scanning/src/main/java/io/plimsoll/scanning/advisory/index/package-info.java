/**
 * The compact form of all imported feeds: written once over a channel handed in, in bounded memory; read at random by
 * many threads. The caller swaps files.
 */
@NullMarked
package io.plimsoll.scanning.advisory.index;

import org.jspecify.annotations.NullMarked;
