package io.plimsoll.inventory.flow;

import io.plimsoll.kernel.declaration.Declarations;

/**
 * What people say, at a number.
 *
 * @param number counted over all declarations, rising with each accepted change; 1 before any
 */
public record Said(long number, Declarations declarations) {}
