/**
 * What the makers of software say about weaknesses in it: OpenVEX, CycloneDX and CSAF statements, applied to an image's
 * findings by product and path.
 */
@NullMarked
package io.plimsoll.scanning.vex;

import org.jspecify.annotations.NullMarked;
