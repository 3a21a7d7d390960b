package io.plimsoll.analyser;

/**
 * Whether the service keeps the states of its clusters for questions, besides publishing evidence. Produced by the service.
 *
 * @param kept costs the memory of the states
 */
public record KeptStates(boolean kept) {}
