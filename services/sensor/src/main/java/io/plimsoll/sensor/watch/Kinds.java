package io.plimsoll.sensor.watch;

import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.kind.Discovery;
import io.plimsoll.sensing.kind.ServedKind;
import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.SensorConfig;
import io.plimsoll.sensor.api.ApiServer;
import io.plimsoll.sensor.api.Refused;
import io.plimsoll.telemetry.LogKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All kinds that a cluster serves and somebody wants, each with a watcher: kinds that appear are followed, kinds that are gone forgotten. Looked
 * at again from time to time, and when a definition changes.
 */
public final class Kinds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Kinds.class);
    private static final long BELL_MILLIS = 500;
    /** Stands for every kind of a group. */
    private static final String ALL = "*";

    /** Most kinds followed; what comes later is left out and said. */
    private static final int KINDS_MAX = 500;

    private final SensorConfig config;
    private final ApiServer api;
    private final ClusterView view;
    private final Surroundings around;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch-ends").factory());
    private final Map<String, KindWatcher> watchers = new TreeMap<>();
    private final Map<String, List<ServedKind>> known = new TreeMap<>();
    /** Groups of which nothing was ever known, by name: since when they are asked in vain, and what they answer. */
    private final Map<String, Unread> unread = new ConcurrentSkipListMap<>();

    private record Unread(long since, String reason) {}

    private final Thread thread = Thread.ofPlatform().daemon().name("kinds").unstarted(this::run);
    private final Object bell = new Object();
    private boolean rung;
    private volatile boolean discovered;
    private volatile String fault = "nothing was asked yet";
    private volatile boolean closed;

    public Kinds(SensorConfig config, ApiServer api, ClusterView view, Sights sights, Room room) {
        this.config = config;
        this.api = api;
        this.view = view;
        this.around = new Surroundings(
                config, api, view, sights, new Semaphore(config.listsAtOnce(), true), room, timer, this::ring);
    }

    public void start() {
        thread.start();
    }

    /** Why the API server cannot be asked what it serves; empty while it can. */
    public String fault() {
        return fault;
    }

    /** Whether all that is served is known and no list is waited for. */
    public boolean isSettled() {
        return discovered
                && unread.values().stream().allMatch(this::isGivenUp)
                && watchers().stream().allMatch(each -> each.standing().isSettled());
    }

    /** How each kind stands, by resource. */
    public Map<ServedKind, Standing> standings() {
        Map<ServedKind, Standing> standings = new java.util.LinkedHashMap<>();
        watchers().forEach(each -> standings.put(each.kind(), each.standing()));
        unread.forEach((group, each) -> {
            if (isGivenUp(each)) {
                standings.put(new ServedKind(group, "", ALL, ALL), new Standing.Failing(each.reason()));
            }
        });
        return standings;
    }

    /** The kind as it is served; empty when it is not. */
    public Optional<ServedKind> served(String group, String kind) {
        return watchers().stream()
                .map(KindWatcher::kind)
                .filter(each -> each.group().equals(group) && each.kind().equals(kind))
                .findFirst();
    }

    /** A group that is served and does not say what is in it is waited for, and then named. */
    private boolean isGivenUp(Unread group) {
        return System.nanoTime() - group.since() >= config.failingAfter().toNanos();
    }

    private List<KindWatcher> watchers() {
        synchronized (watchers) {
            return List.copyOf(watchers.values());
        }
    }

    private void ring() {
        synchronized (bell) {
            rung = true;
            bell.notifyAll();
        }
    }

    private void run() {
        Pause pause = new Pause(config.pauseMax());
        try {
            while (!closed) {
                try {
                    follow(discover());
                    discovered = true;
                    fault = "";
                    pause.reset();
                    await();
                } catch (IOException e) {
                    String now = String.valueOf(e.getMessage());
                    if (!now.equals(fault)) {
                        LOG.atWarn()
                                .addKeyValue(LogKey.ADDRESS, api.address())
                                .addKeyValue(LogKey.REASON, now)
                                .log("the API server does not say what it serves");
                    }
                    fault = now;
                    pause.take(e instanceof Refused refused ? refused.retryAfter() : Duration.ZERO);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void await() throws InterruptedException {
        synchronized (bell) {
            if (!rung) {
                bell.wait(Math.min(
                        config.discoveryEvery().toMillis(),
                        unread.isEmpty() ? Long.MAX_VALUE : config.pauseMax().toMillis()));
            }
        }
        // Definitions come in handfuls, and are served a moment after they are there.
        Thread.sleep(BELL_MILLIS);
        synchronized (bell) {
            rung = false;
        }
    }

    private List<ServedKind> discover() throws IOException, InterruptedException {
        List<ServedKind> kinds = new ArrayList<>(Discovery.kinds("", "v1", api.object("/api/v1")));
        List<Discovery.Group> groups = Discovery.groups(api.object("/apis"));
        known.keySet()
                .removeIf(group -> groups.stream().noneMatch(each -> each.name().equals(group)));
        unread.keySet()
                .removeIf(group -> groups.stream().noneMatch(each -> each.name().equals(group)));
        for (Discovery.Group group : groups) {
            List<ServedKind> served = of(group);
            if (served != null) {
                known.put(group.name(), served);
                unread.remove(group.name());
            }
            // A group whose server is away serves what it served.
            kinds.addAll(known.getOrDefault(group.name(), List.of()));
        }
        return Discovery.once(kinds);
    }

    private @Nullable List<ServedKind> of(Discovery.Group group) throws InterruptedException {
        List<ServedKind> kinds = new ArrayList<>();
        for (String version : group.versions()) {
            try {
                Value list = api.object("/apis/" + group.name() + "/" + version);
                kinds.addAll(Discovery.kinds(group.name(), version, list));
            } catch (Refused e) {
                if (e.code() != 404) {
                    return unread(group, e.reason());
                }
            } catch (IOException e) {
                return unread(group, String.valueOf(e.getMessage()));
            }
        }
        return kinds;
    }

    private @Nullable List<ServedKind> unread(Discovery.Group group, String reason) {
        if (!known.containsKey(group.name())) {
            Unread before = unread.get(group.name());
            unread.put(group.name(), new Unread(before == null ? System.nanoTime() : before.since(), reason));
            if (before == null) {
                LOG.atWarn()
                        .addKeyValue(LogKey.RESOURCE, group.name())
                        .addKeyValue(LogKey.REASON, reason)
                        .log("a group does not say what it serves");
            }
        }
        return null;
    }

    private void follow(List<ServedKind> kinds) throws InterruptedException {
        Map<String, ServedKind> served = new TreeMap<>();
        kinds.forEach(each -> served.put(each.resource(), each));
        List<KindWatcher> ended = new ArrayList<>();
        synchronized (watchers) {
            watchers.values().removeIf(each -> {
                boolean goes = each.isOver()
                        || !each.kind().equals(served.get(each.kind().resource()));
                if (goes) {
                    ended.add(each);
                }
                return goes;
            });
        }
        for (KindWatcher each : ended) {
            each.close(served.values().stream().noneMatch(kind -> same(kind, each.kind())));
            LOG.atInfo().addKeyValue(LogKey.RESOURCE, each.kind().resource()).log("a kind is not served any more");
        }
        synchronized (watchers) {
            for (ServedKind each : served.values()) {
                if (!watchers.containsKey(each.resource())) {
                    if (watchers.size() >= KINDS_MAX) {
                        LOG.atWarn()
                                .addKeyValue(LogKey.RESOURCE, each.resource())
                                .log("too many kinds, this one is left out");
                        continue;
                    }
                    KindWatcher watcher = new KindWatcher(each, around);
                    watchers.put(each.resource(), watcher);
                    watcher.start();
                }
            }
        }
    }

    private static boolean same(ServedKind one, ServedKind other) {
        return one.group().equals(other.group()) && one.kind().equals(other.kind());
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        for (KindWatcher each : watchers()) {
            each.close(false);
        }
        timer.shutdownNow();
        view.lost();
    }
}
