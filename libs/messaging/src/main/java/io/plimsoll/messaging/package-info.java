/**
 * The corridor every reader of the topics walks: {@code log} reads and writes records, {@code view} keeps what a writer said up to its last
 * mark, {@code lease} gives each partition one owner, {@code analyser} turns a cluster's resources into evidence and publishes what changed.
 * PostgreSQL is the truth, topics carry facts, nothing here is a work queue.
 */
@NullMarked
package io.plimsoll.messaging;

import org.jspecify.annotations.NullMarked;
