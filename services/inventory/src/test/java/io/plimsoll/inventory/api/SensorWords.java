package io.plimsoll.inventory.api;

import io.plimsoll.api.inventory.v1.ObservedChange;
import io.plimsoll.inventory.sensor.SensorChange;

/** The codec of the sensors' door, for tests of other rooms. */
public final class SensorWords {

    private SensorWords() {}

    public static SensorChange change(ObservedChange wire, String cluster) {
        return SensorCodec.change(wire, cluster);
    }
}
