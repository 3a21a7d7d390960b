/**
 * Controls as data: a folder each, read with errors by file and line, and asked of every object of a cluster. Rooms:
 * {@code question} what is asked and answered; {@code pod}, {@code image}, {@code resilience}, {@code rbac}, {@code namespace},
 * {@code network}, {@code admission}, {@code plane}, {@code release} the judges in Java, by what they are about.
 */
@NullMarked
package io.plimsoll.audit.control;

import org.jspecify.annotations.NullMarked;
