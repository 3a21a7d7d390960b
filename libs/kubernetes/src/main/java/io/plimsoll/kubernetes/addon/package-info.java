/** The catalogue of platform add-ons, and the matching of images against it. */
@NullMarked
package io.plimsoll.kubernetes.addon;

import org.jspecify.annotations.NullMarked;
