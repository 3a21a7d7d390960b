/**
 * An assessment, written down: JSON, whole or one element at a time; SARIF and a page for people in the rooms below. Same input, same bytes; nothing is judged, dropped,
 * rounded anew or put in another order here.
 */
@NullMarked
package io.plimsoll.report;

import org.jspecify.annotations.NullMarked;
