package io.plimsoll.sensor.watch;

/** Slows lists down to what can be told, while everything is to be told. */
@FunctionalInterface
public interface Room {

    /** Returns when there is room for a page. */
    void await() throws InterruptedException;
}
