package io.plimsoll.sensor.uplink;

import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.SensorConfig;
import io.plimsoll.sensor.api.ApiServer;
import io.plimsoll.sensor.watch.Kinds;
import io.plimsoll.sensor.watch.Pause;
import io.plimsoll.sensor.watch.Sights;
import io.plimsoll.telemetry.LogKey;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a stream to inventory, and another one when it ends: for as long as it takes. */
public final class Uplink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    /** Where somebody has to change something first, asking often changes nothing. */
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(15);

    private final Conversation.Side side;
    private final Centre centre;
    private final String version;
    private final Thread thread = Thread.ofPlatform().daemon().name("uplink").unstarted(this::run);
    private volatile boolean closed;
    private String told = "";

    /**
     * What is told about, and to whom.
     *
     * @param version the sensor's own
     */
    public record Parts(
            SensorConfig config,
            ApiServer api,
            Kinds kinds,
            Sights sights,
            ClusterView view,
            Centre centre,
            Progress progress,
            String version) {}

    public Uplink(Parts parts) {
        this.centre = parts.centre();
        this.version = parts.version();
        this.side = new Conversation.Side(
                parts.config(),
                parts.view(),
                new Bodies(parts.api(), parts.kinds(), parts.sights(), parts.view()),
                new Messages(parts.config().cluster()),
                parts.kinds()::isSettled,
                () -> Messages.denied(
                        parts.kinds().standings(), parts.sights().left().values()),
                parts.progress());
    }

    public void start() {
        thread.start();
    }

    private void run() {
        Pause pause = new Pause(side.config().pauseMax());
        while (!closed) {
            long began = System.nanoTime();
            try {
                try (Stream stream = centre.open()) {
                    new Conversation(side, stream).hold(version);
                } catch (IOException e) {
                    ended(e);
                    if (System.nanoTime() - began > side.config().pauseMax().toNanos()) {
                        pause.reset();
                    }
                    pause.take(e instanceof CentreAway away && away.isRefused() ? REFUSED_PAUSE : Duration.ZERO);
                } finally {
                    side.view().lost();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the stream failed in a way nobody foresaw");
                ended(new IOException(e));
                if (!rest()) {
                    return;
                }
            }
        }
    }

    private static boolean rest() {
        try {
            Thread.sleep(REFUSED_PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Said once, until it is something else. */
    private void ended(IOException failure) {
        String why = String.valueOf(failure.getMessage());
        side.progress().away(why);
        if (!why.equals(told)) {
            told = why;
            LOG.atWarn()
                    .addKeyValue(LogKey.CLUSTER, side.config().cluster())
                    .addKeyValue(LogKey.REASON, why)
                    .log("no stream to inventory");
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
        centre.close();
    }
}
