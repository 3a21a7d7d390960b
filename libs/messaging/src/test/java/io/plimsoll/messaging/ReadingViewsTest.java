package io.plimsoll.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What analysers keep of what they read. */
class ReadingViewsTest {

    private static final Place PLACE = new Place(Topic.RESOURCES, 0);
    private static final Version VERSION = new Version(1, 1, 0);
    private static final byte[] NOTHING_READABLE = {1, 2, 3};

    private static Resource pod(String name) {
        Value labels = new Value.Obj(Map.of("app", new Value.Text("shop", 0)), 0);
        return new Resource(
                new ResourceId("prod", "", "Pod", "shop", name),
                "v1",
                new Value.Obj(Map.of("metadata", labels), 0),
                Source.NONE,
                List.of());
    }

    private static byte[] bytes(Resource resource) {
        return ResourceCodec.toWire(resource, VERSION, ClusterMode.LIVE, "").toByteArray();
    }

    private static Map<String, MarkedView.Entry> live(Views views) {
        String one = TopicKey.resource(pod("one").id());
        views.take(new LogRecord(PLACE, one, bytes(pod("one")), VERSION));
        views.take(new LogRecord(PLACE, TopicKey.resource(pod("two").id()), bytes(pod("two")), VERSION));
        views.take(new LogRecord(PLACE, TopicKey.resource(pod("odd").id()), NOTHING_READABLE, VERSION));
        Mark mark = Mark.newBuilder()
                .setCluster("prod")
                .setWriter(Views.INVENTORY)
                .setRevision(KernelCodec.toWire(VERSION))
                .setRecordCount(3)
                .build();
        views.take(new LogRecord(PLACE, TopicKey.mark("prod", Views.INVENTORY), mark.toByteArray(), VERSION));
        MarkedView view = views.of(PLACE, "prod", Views.INVENTORY);
        assertThat(view.settled()).isTrue();
        return view.live();
    }

    private static MarkedView.Entry entry(Map<String, MarkedView.Entry> live, String name) {
        return java.util.Objects.requireNonNull(
                live.get(TopicKey.resource(pod(name).id())));
    }

    @Test
    void theObjectIsKeptAndItsBytesAreNot() {
        Map<String, MarkedView.Entry> live = live(Views.readingResources());
        assertThat(entry(live, "one").resource()).isEqualTo(pod("one"));
        assertThat(entry(live, "one").value()).isEmpty();
    }

    @Test
    void whatObjectsSayAlikeIsKeptOnce() {
        Map<String, MarkedView.Entry> live = live(Views.readingResources());
        Resource one = java.util.Objects.requireNonNull(entry(live, "one").resource());
        Resource two = java.util.Objects.requireNonNull(entry(live, "two").resource());
        assertThat(one.body()).isSameAs(two.body());
    }

    @Test
    void whatCannotBeReadStaysAsItIs() {
        MarkedView.Entry odd = entry(live(Views.readingResources()), "odd");
        assertThat(odd.resource()).isNull();
        assertThat(odd.value()).isEqualTo(NOTHING_READABLE);
    }

    @Test
    void otherReadersKeepTheBytes() {
        MarkedView.Entry one = entry(live(new Views()), "one");
        assertThat(one.resource()).isNull();
        assertThat(one.value()).isEqualTo(bytes(pod("one")));
    }
}
