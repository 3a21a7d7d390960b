package io.plimsoll.segmentation.policy;

import java.util.Map;

/** The ports that a pod has names for. */
public record NamedPorts(Map<NamedPort, Integer> numbers) {

    public static final NamedPorts NONE = new NamedPorts(Map.of());

    public NamedPorts {
        numbers = Map.copyOf(numbers);
    }

    /** The port behind the name, nothing where the pod has no such name under that protocol. */
    public PortSet resolve(NamedPort port) {
        Integer number = numbers.get(port);
        return number == null ? PortSet.NONE : PortSet.of(port.protocol(), number);
    }
}
