package io.plimsoll.sensor.watch;

import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.kind.ServedKind;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.stream.ListReader;
import io.plimsoll.sensing.stream.WatchEvent;
import io.plimsoll.sensing.stream.WatchReader;
import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.api.Answer;
import io.plimsoll.sensor.api.ApiServer;
import io.plimsoll.sensor.api.Refused;
import io.plimsoll.telemetry.LogKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one kind: lists it page by page, then watches from the version of the list, and lists again where the server has forgotten that version
 * (410). A watch that ends goes on at the last version it told. One thread.
 */
final class KindWatcher implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KindWatcher.class);
    private static final Duration WATCH_GRACE = Duration.ofSeconds(30);
    /** A list whose pages expire is begun again so often; then it is asked for without pages. */
    private static final int LISTS_EXPIRED_MAX = 2;

    /** Failures of a watch in a row, after which it is not resumed but the kind listed again. */
    private static final int WATCH_FAILURES_MAX = 5;

    private final ServedKind kind;
    private final Surroundings around;
    private final ClusterView view;
    private final ApiServer api;
    private final Pause pause;
    private final Thread thread;
    private volatile Standing standing = new Standing.Starting();
    private volatile boolean closed;
    private volatile boolean over;
    private long failingSince;
    private String told = "";

    KindWatcher(ServedKind kind, Surroundings around) {
        this.kind = kind;
        this.around = around;
        this.view = around.view();
        this.api = around.api();
        this.pause = new Pause(around.config().pauseMax());
        // A thread each: what waits for a watch waits in a read, and there are never more than a few hundred kinds.
        this.thread = new Thread(null, this, "watch " + kind.resource(), 256 << 10);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    ServedKind kind() {
        return kind;
    }

    Standing standing() {
        return standing;
    }

    /** Whether it has ended by itself: the kind is not served any more. */
    boolean isOver() {
        return over;
    }

    /** Ends it, and forgets what was seen of the kind. */
    void close(boolean forget) throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
        if (forget) {
            view.dropKind(kind.group(), kind.kind());
        }
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                follow();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /** Returns when the kind is to be listed again. */
    private void follow() throws InterruptedException {
        try {
            String version = listWithinPermits();
            standing = new Standing.Followed();
            failingSince = 0;
            told = "";
            pause.reset();
            watch(version);
        } catch (Refused e) {
            refused(e);
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()), Duration.ZERO);
        }
    }

    private void refused(Refused refusal) throws InterruptedException {
        switch (refusal.code()) {
            case 403, 405 -> {
                // What may not be seen any more is not known any more.
                view.dropKind(kind.group(), kind.kind());
                standing = new Standing.Denied("list and watch " + kind.resource(), refusal.reason());
                tell("may not be seen: " + refusal.reason());
                Thread.sleep(around.config().deniedRetry().toMillis());
            }
            case 404 -> {
                view.dropKind(kind.group(), kind.kind());
                standing = new Standing.Followed();
                over = true;
                closed = true;
                around.served().run();
            }
            default -> failed(refusal.reason(), refusal.retryAfter());
        }
    }

    private void failed(String reason, Duration retryAfter) throws InterruptedException {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        failingSince = failingSince == 0 ? now : failingSince;
        if (now - failingSince >= around.config().failingAfter().toNanos()) {
            standing = new Standing.Failing(reason);
        }
        tell("cannot be listed at present: " + reason);
        pause.take(retryAfter);
    }

    /** Once, until it works again. */
    private void tell(String what) {
        if (!told.equals(what)) {
            told = what;
            LOG.atWarn().addKeyValue(LogKey.RESOURCE, kind.resource()).log(what);
        }
    }

    private String listWithinPermits() throws IOException, InterruptedException {
        around.lists().acquire();
        try {
            return list();
        } finally {
            around.lists().release();
        }
    }

    private String list() throws IOException, InterruptedException {
        int expired = 0;
        while (true) {
            int number = view.beginListing();
            try {
                String version = pages(number, expired > LISTS_EXPIRED_MAX);
                view.endListing(kind.group(), kind.kind(), number);
                return version;
            } catch (Refused e) {
                // The token of a page has expired: the list has to begin again, as one of a later moment.
                if (e.code() != 410 || ++expired > LISTS_EXPIRED_MAX + 1) {
                    throw e;
                }
            }
        }
    }

    private String pages(int number, boolean atOnce) throws IOException, InterruptedException {
        String next = "";
        String version = "";
        do {
            around.room().await();
            try (InputStream body = api.good(kind.path() + query(next, atOnce)).body()) {
                ListReader.Head head = ListReader.read(
                        body, (object, whole) -> sight(object, whole).ifPresent(each -> view.listed(each, number)));
                // Each page tells the version of the first one.
                version = head.resourceVersion();
                next = head.next();
            }
        } while (!next.isEmpty());
        return version;
    }

    private String query(String next, boolean atOnce) {
        if (atOnce) {
            return "";
        }
        String limit = "?limit=" + around.config().listPageObjects();
        return next.isEmpty() ? limit : limit + "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    private Optional<Sighting> sight(Value.Obj object, boolean whole) {
        return around.sights().of(object, kind, whole);
    }

    /** Returns when the kind is to be listed again. */
    private void watch(String from) throws IOException, InterruptedException {
        String version = from;
        int failures = 0;
        while (!closed) {
            long began = System.nanoTime();
            try {
                Watched watched = watchOnce(version);
                version = watched.version();
                failures = watched.failed() == null ? 0 : failures + 1;
                WatchEvent.Failed failed = watched.failed();
                if (failed != null && failed.code() == 410 || failures > WATCH_FAILURES_MAX) {
                    return;
                }
                boolean early = System.nanoTime() - began < TimeUnit.SECONDS.toNanos(1);
                if (failed != null || early) {
                    pause.take(Duration.ofSeconds(failed == null ? 0 : failed.retrySeconds()));
                } else {
                    pause.reset();
                }
            } catch (Refused e) {
                if (e.code() == 410 || e.code() == 400) {
                    pause.take(Duration.ZERO);
                    return;
                }
                if (e.code() == 403 || e.code() == 404 || e.code() == 405 || ++failures > WATCH_FAILURES_MAX) {
                    throw e;
                }
                pause.take(e.retryAfter());
            } catch (IOException e) {
                if (closed) {
                    return;
                }
                // The connection broke: the version last told is where to go on, for as long as the server knows it.
                tell("is not watched at present: " + e.getMessage());
                pause.take(Duration.ZERO);
            }
        }
    }

    private record Watched(String version, WatchEvent.@org.jspecify.annotations.Nullable Failed failed) {}

    private Watched watchOnce(String from) throws IOException, InterruptedException {
        long seconds = around.config().watchFor().toSeconds();
        seconds += ThreadLocalRandom.current().nextLong(seconds / 2 + 1);
        Answer answer = api.good(kind.path() + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds
                + "&resourceVersion=" + URLEncoder.encode(from, StandardCharsets.UTF_8));
        String version = from;
        // A connection whose other end is gone without a word ends a little after the watch should have.
        ScheduledFuture<?> end = around.timer()
                .schedule(() -> close(answer.body()), seconds + WATCH_GRACE.toSeconds(), TimeUnit.SECONDS);
        try (InputStream body = answer.body();
                WatchReader reader = new WatchReader(body)) {
            while (true) {
                Optional<WatchEvent> event = reader.next();
                if (event.isEmpty() || closed) {
                    return new Watched(version, null);
                }
                switch (event.get()) {
                    case WatchEvent.Present present -> {
                        sight(present.object(), present.whole()).ifPresent(view::watched);
                        version = version(present.object(), version);
                        noticeDefinitions();
                    }
                    case WatchEvent.Gone gone -> {
                        sight(gone.object(), true).ifPresent(each -> view.gone(each.key(), each.resourceVersion()));
                        version = version(gone.object(), version);
                        noticeDefinitions();
                    }
                    case WatchEvent.Bookmark bookmark ->
                        version = bookmark.resourceVersion().isEmpty() ? version : bookmark.resourceVersion();
                    case WatchEvent.Failed failed -> {
                        return new Watched(version, failed);
                    }
                    case WatchEvent.Unknown unknown -> {
                        // Of a server newer than this.
                    }
                }
            }
        } finally {
            end.cancel(false);
        }
    }

    private void noticeDefinitions() {
        if (kind.kind().equals("CustomResourceDefinition")) {
            around.served().run();
        }
    }

    private static String version(Value object, String otherwise) {
        String version = object.at("metadata").text("resourceVersion");
        return version.isEmpty() ? otherwise : version;
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
