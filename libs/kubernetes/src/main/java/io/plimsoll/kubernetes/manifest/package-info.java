/** Bytes to documents to resources: streaming, bounded, one bad document never costs another. */
@NullMarked
package io.plimsoll.kubernetes.manifest;

import org.jspecify.annotations.NullMarked;
