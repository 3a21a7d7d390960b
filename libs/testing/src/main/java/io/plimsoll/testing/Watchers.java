package io.plimsoll.testing;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads that watch something, each woken for what it watches alone: with many kinds and many changes, waking all would be most of the work. */
final class Watchers {

    private final Map<String, Set<Thread>> watching = new ConcurrentHashMap<>();

    /** This thread is woken from now on, until it leaves. */
    void enter(String path) {
        watching.computeIfAbsent(path, each -> ConcurrentHashMap.newKeySet()).add(Thread.currentThread());
    }

    void leave(String path) {
        watching.getOrDefault(path, Set.of()).remove(Thread.currentThread());
    }

    /** After whatever they wait for has changed. */
    void wake(String path) {
        watching.getOrDefault(path, Set.of()).forEach(LockSupport::unpark);
    }

    void wakeAll() {
        watching.keySet().forEach(this::wake);
    }

    /** Returns when it is no longer quiet, or after so long. */
    void await(BooleanSupplier quiet, long nanos) {
        long until = System.nanoTime() + nanos;
        while (quiet.getAsBoolean()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }
}
