package io.plimsoll.embedded.service;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A service of the platform as a process.
 *
 * @param name as in the map, for instance {@code stage-scoring}; also its database role's and its client's
 * @param jar what {@code java -jar} runs
 * @param jvmOptions for instance {@code -Xmx128m}
 * @param environment everything it is told; nothing else of the caller's environment reaches it
 * @param port where it listens, on loopback
 * @param readiness answers 200 when it can serve, for instance {@code http://127.0.0.1:27411/q/health/ready}
 * @param needs names of other parts that must be ready first
 */
public record ServiceProcess(
        String name,
        Path jar,
        List<String> jvmOptions,
        Map<String, String> environment,
        int port,
        URI readiness,
        Duration startWithin,
        List<String> needs) {

    public ServiceProcess {
        if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
            throw new IllegalArgumentException("not a service's name: " + name);
        }
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
        needs = List.copyOf(needs);
    }
}
