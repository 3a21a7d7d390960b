package io.plimsoll.embedded.service;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.place.Unix;
import io.plimsoll.embedded.supervise.Command;
import io.plimsoll.embedded.supervise.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A service under supervision. */
public final class ServicePart implements Part {

    private final ServiceProcess service;
    private final Path data;

    public ServicePart(ServiceProcess service, Path data) {
        this.service = service;
        this.data = data;
    }

    @Override
    public String name() {
        return service.name();
    }

    @Override
    public List<String> needs() {
        return service.needs();
    }

    @Override
    public void prepare(Consumer<String> tell) throws IOException {
        if (!Files.isRegularFile(service.jar())) {
            throw new EmbeddedProblem("no jar at " + service.jar() + "; build it first");
        }
        Unix.createFolder(home(), "rwx------");
    }

    @Override
    public Command command() {
        List<String> line = new ArrayList<>();
        line.add(Unix.java().toString());
        line.addAll(service.jvmOptions());
        line.addAll(StartCache.beside(service.jar()).options(service.jar()));
        line.addAll(List.of("-jar", service.jar().toString()));
        return new Command(line, service.environment(), home());
    }

    @Override
    public boolean ready() {
        return HttpProbe.answers(service.readiness());
    }

    @Override
    public Duration startWithin() {
        return service.startWithin();
    }

    @Override
    public Duration stopWithin() {
        return Duration.ofSeconds(15);
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + service.port();
    }

    private Path home() {
        return data.resolve("services").resolve(service.name());
    }
}
