package io.plimsoll.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Every knob of the door. */
@ConfigMapping(prefix = "plimsoll.gateway")
public interface GatewayConfig {

    /** Where the services behind are. */
    Services services();

    /** {@code host:port} of each. */
    interface Services {
        @WithDefault("127.0.0.1:8081")
        String inventory();

        @WithDefault("127.0.0.1:8083")
        String networkSegmentation();

        @WithDefault("127.0.0.1:8084")
        String imageScan();

        @WithDefault("127.0.0.1:8085")
        String stageScoring();
    }

    /** Folder of the spool. Full: uploads are refused until there is room. */
    @WithDefault("data")
    Path data();

    /** How long a service may take for one question. Over: it counts as away. */
    @WithDefault("10s")
    Duration callDeadline();

    /** How long inventory may take to store an upload. */
    @WithDefault("120s")
    Duration uploadDeadline();

    /** How long a body may take to come in. */
    @WithDefault("300s")
    Duration bodyDeadline();

    /** Uploads under way at a time; each may hold 256 MiB of disk. More are asked to come again. */
    @WithDefault("8")
    int uploadsMax();

    /** Bytes of one gRPC message from a service: a page of 500 with all their texts. */
    @WithDefault("16777216")
    int answerBytesMax();

    /** Clients that listen to events at a time. More are asked to come again. */
    @WithDefault("1000")
    int eventClientsMax();

    /** Events kept for one client that reads slowly. Full: the client is ended and resumes. */
    @WithDefault("256")
    int eventsKeptMax();

    /** Pause between comments that keep a quiet stream open. */
    @WithDefault("15s")
    Duration heartbeat();
}
