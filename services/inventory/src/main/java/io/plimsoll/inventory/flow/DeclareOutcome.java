package io.plimsoll.inventory.flow;

/**
 * What became of declarations.
 *
 * @param number at which they are in force
 * @param changed statements new or changed
 * @param withdrawn statements that are said no more
 */
public record DeclareOutcome(long number, int changed, int withdrawn) {}
