/** The calls' words. */
@org.jspecify.annotations.NullMarked
package io.plimsoll.inventory.api;
