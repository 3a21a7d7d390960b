/** Databases of distributions: dpkg, opkg, apk, rpm, and os-release. */
@NullMarked
package io.plimsoll.scanning.catalogue.distribution;

import org.jspecify.annotations.NullMarked;
