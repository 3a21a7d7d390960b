/**
 * What exists, and the doors through which it is told: uploads and declarations in, resources, subjects and facts out.
 *
 * <p>{@code api} takes calls, {@code ingest} reads what is uploaded, {@code flow} decides, {@code store} keeps, {@code publish} turns what is
 * kept into records and relays them, {@code health} tells.
 */
@NullMarked
package io.plimsoll.inventory;

import org.jspecify.annotations.NullMarked;
