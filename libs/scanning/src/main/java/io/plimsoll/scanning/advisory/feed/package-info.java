/** Reads the published forms of feeds into advisories, record by record, within bounds; a record that cannot be read is counted and named. */
@NullMarked
package io.plimsoll.scanning.advisory.feed;

import org.jspecify.annotations.NullMarked;
