package io.plimsoll.imagescan.work;

import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.imagescan.connector.Connectors;
import io.plimsoll.imagescan.feed.Feeds;
import io.plimsoll.imagescan.flow.MatchImages;
import io.plimsoll.imagescan.flow.ReadImages;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.registry.RegistryClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service's own threads: readers, as many as configured, and one that matches. A database that is away, or not migrated yet, is waited for. */
@ApplicationScoped
public class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration FAULT = Duration.ofSeconds(2);

    private final Connectors connectors;
    private final ReadImages reading;
    private final MatchImages matching;
    private final Feeds feeds;
    private final ImageMetrics metrics;
    private final ImageScanConfig config;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    Workers(
            Connectors connectors,
            ReadImages reading,
            MatchImages matching,
            Feeds feeds,
            ImageMetrics metrics,
            ImageScanConfig config) {
        this.connectors = connectors;
        this.reading = reading;
        this.matching = matching;
        this.feeds = feeds;
        this.metrics = metrics;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (!connectors.isEmpty() || config.feeds().isPresent()) {
            begin();
        }
    }

    private synchronized void begin() {
        if (stopped) {
            return;
        }
        for (int n = 1; n <= (connectors.isEmpty() ? 0 : config.readersMax()); n++) {
            threads.add(thread("reader-" + n, this::read));
        }
        threads.add(thread("matcher", this::match));
        threads.forEach(Thread::start);
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).unstarted(work);
    }

    private void read() {
        try (RegistryClient client = connectors.client();
                RegistryClient anonymous = connectors.anonymous()) {
            repeat(() -> reading.next(client, anonymous));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a client could not be closed");
        }
    }

    private void match() {
        long[] looked = {0};
        repeat(() -> {
            long now = System.nanoTime();
            if (looked[0] == 0 || now - looked[0] >= config.feedsEvery().toNanos()) {
                feeds.look();
                metrics.look();
                looked[0] = now;
            }
            return matching.next();
        });
    }

    /** Something that is done again and again. */
    private interface Work {
        /** False when there is nothing to do for now. */
        boolean next() throws IOException;
    }

    private void repeat(Work work) {
        while (!stopped) {
            try {
                if (!work.next()) {
                    sleep(IDLE);
                }
            } catch (ProblemException e) {
                LOG.atDebug().setCause(e).log("the database is away, trying again");
                sleep(FAULT);
            } catch (IOException | RuntimeException e) {
                LOG.atError().setCause(e).log("a turn failed, going on");
                sleep(FAULT);
            }
        }
    }

    private void sleep(Duration most) {
        try {
            long millis = most.toMillis();
            // Jitter, so that replicas do not ask in step.
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        stopped = true;
        threads.forEach(Thread::interrupt);
    }
}
