package io.plimsoll.imagescan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every knob of reading images. Without {@link #connectors} nothing is asked of anybody, and what images hold stays unknown. */
@ConfigMapping(prefix = "plimsoll.image-scan")
public interface ImageScanConfig {

    /** A {@code plimsoll.connectors/v1} file: the registries that may be asked, and whose signatures count. Read once, at the start. */
    Optional<Path> connectors();

    /** The folder that {@code plimsoll feeds import} filled; looked at again every {@link #feedsEvery}. */
    Optional<Path> feeds();

    /** Images read at a time by this replica. More waits in the queue. */
    @WithDefault("2")
    int readersMax();

    /** Longest reading of one image. Over: what was read is kept and said to be incomplete. */
    @WithDefault("300s")
    Duration readMax();

    /** The platform of clusters whose nodes are not known, {@code os/architecture}. */
    @WithDefault("linux/amd64")
    String platform();

    /** How often a tag is resolved anew: it may have moved. */
    @WithDefault("1h")
    Duration tagsEvery();

    /** How often signatures and access of a digest are looked at anew. */
    @WithDefault("24h")
    Duration digestsEvery();

    /** First pause after a failure; it doubles with each one. */
    @WithDefault("30s")
    Duration pauseMin();

    /** Longest pause after failures. */
    @WithDefault("1h")
    Duration pauseMax();

    /** How often the feeds are looked at for a change. */
    @WithDefault("15s")
    Duration feedsEvery();

    /** How often an image is matched again though its feeds have not changed: a scan counts for 7 days. */
    @WithDefault("24h")
    Duration matchEvery();

    /** Older feeds find, but never clear. */
    @WithDefault("7d")
    Duration feedAgeMax();

    /** Least pause between two looks for what has become known: changes in between are published together. */
    @WithDefault("2s")
    Duration publishEvery();
}
