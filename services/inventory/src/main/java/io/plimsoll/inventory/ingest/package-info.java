/** From files as uploaded to objects, within bounds. */
@NullMarked
package io.plimsoll.inventory.ingest;

import org.jspecify.annotations.NullMarked;
