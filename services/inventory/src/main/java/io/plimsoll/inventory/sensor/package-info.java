/** What sensors tell: sessions, batches, comparisons, credentials; and the port to where it is kept. */
@NullMarked
package io.plimsoll.inventory.sensor;

import org.jspecify.annotations.NullMarked;
