package io.plimsoll.sensor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every knob of the sensor. */
@ConfigMapping(prefix = "plimsoll.sensor")
public interface SensorConfig {

    /** Name of the cluster as it is registered. */
    String cluster();

    /** Inventory's door for sensors, {@code host:port}. */
    String inventory();

    /** The credential, as it was issued. Either this or the file. */
    Optional<String> credential();

    /** File that holds the credential; read anew with each stream, so that it can be rotated. */
    Optional<Path> credentialFile();

    /** Whether inventory is spoken to over TLS. Without it the credential is readable on the way: on one machine only. */
    @WithDefault("true")
    boolean tls();

    /** Certificates that vouch for inventory, PEM; empty: those of the JDK. */
    Optional<Path> authority();

    /** Name that inventory's certificate bears, where it is another one than its address. */
    Optional<String> authorityName();

    /** Where the cluster is, as for kubectl; empty: the cluster this runs in. */
    Optional<Path> kubeconfig();

    /** Context of that file; empty: its current one. */
    Optional<String> context();

    /** Objects of a page of a list. More costs the API server and this process memory for a moment. */
    @WithDefault("250")
    int listPageObjects();

    /** Lists read at once. */
    @WithDefault("2")
    int listsAtOnce();

    /** How long a watch is asked to last; half as much again at most, so that they do not end together. */
    @WithDefault("PT5M")
    Duration watchFor();

    /** How long the API server may stay silent before an answer begins. */
    @WithDefault("PT60S")
    Duration answerWithin();

    /** How often a kind that may not be seen is asked for again. */
    @WithDefault("PT60S")
    Duration deniedRetry();

    /** How often it is looked what the cluster serves; a definition that changes is noticed at once where it may be watched. */
    @WithDefault("PT60S")
    Duration discoveryEvery();

    /** A kind that cannot be listed for so long is given up for the time being and named as not seen. */
    @WithDefault("PT2M")
    Duration failingAfter();

    /** Longest pause between attempts of any kind. */
    @WithDefault("PT30S")
    Duration pauseMax();

    /** Most bytes of states that wait to be told; beyond it they are read again when their time comes. */
    @WithDefault("25165824")
    long waitingBytesMax();

    /** Deletions remembered, so that a late event revives nothing. */
    @WithDefault("20000")
    int deletionsMax();

    /** Most objects of a batch. */
    @WithDefault("1000")
    int batchObjectsMax();

    /** Most bytes of states in a batch. */
    @WithDefault("3145728")
    int batchBytesMax();

    /** How long changes are gathered before a batch is sent. */
    @WithDefault("PT0.2S")
    Duration gather();

    /** How often an idle sensor tells that it is there, and what it holds. */
    @WithDefault("PT20S")
    Duration heartbeat();

    /** How long inventory may take to commit a batch. */
    @WithDefault("PT120S")
    Duration acceptWithin();
}
