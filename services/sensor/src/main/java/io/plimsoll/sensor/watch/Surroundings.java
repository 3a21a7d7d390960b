package io.plimsoll.sensor.watch;

import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.SensorConfig;
import io.plimsoll.sensor.api.ApiServer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/**
 * What all watchers share.
 *
 * @param lists permits of lists read at once
 * @param room waited for before each page of a list
 * @param served told that what the cluster serves may have changed
 */
record Surroundings(
        SensorConfig config,
        ApiServer api,
        ClusterView view,
        Sights sights,
        Semaphore lists,
        Room room,
        ScheduledExecutorService timer,
        Runnable served) {}
