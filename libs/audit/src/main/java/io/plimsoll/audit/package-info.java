/**
 * The configuration audit. {@code podsecurity}: Pod Security Standards; {@code workload}: controls about one workload;
 * {@code estate}: controls about images, namespaces, bindings, entries and clusters.
 */
@NullMarked
package io.plimsoll.audit;

import org.jspecify.annotations.NullMarked;
