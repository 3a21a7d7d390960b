/** Answers of the Kubernetes API, read as they come. */
@NullMarked
package io.plimsoll.sensing.stream;

import org.jspecify.annotations.NullMarked;
