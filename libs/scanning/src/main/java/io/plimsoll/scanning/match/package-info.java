/**
 * Packages against advisories: by ecosystem, source package and release, in the ecosystem's own order. What cannot be
 * known is said: a package whose feed is missing, empty or stale is never "nothing found".
 */
@NullMarked
package io.plimsoll.scanning.match;

import org.jspecify.annotations.NullMarked;
