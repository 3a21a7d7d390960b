/** A package as a value: its purl, the source package it was built from, where it was seen and how surely. */
@NullMarked
package io.plimsoll.scanning.pack;

import org.jspecify.annotations.NullMarked;
