package io.plimsoll.inventory.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.plimsoll.api.inventory.v1.SensorServiceGrpc;
import io.plimsoll.api.inventory.v1.SyncRequest;
import io.plimsoll.api.inventory.v1.SyncResponse;
import io.plimsoll.inventory.Background;
import io.plimsoll.inventory.sensor.SensorFlow;
import io.plimsoll.telemetry.LogKey;
import io.plimsoll.telemetry.MetricName;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sensors' door. Who they are is told by their credential alone. */
@GrpcService
@Blocking
public class SensorApi extends SensorServiceGrpc.SensorServiceImplBase {

    private static final Logger LOG = LoggerFactory.getLogger(SensorApi.class);
    /** Clusters of which the last refusal is remembered. */
    private static final int REFUSALS_MAX = 1_000;

    private final SensorFlow flow;
    private final Background background;
    private final MeterRegistry meters;
    private final AtomicInteger streams = new AtomicInteger();
    private final Map<String, String> refusals = new LinkedHashMap<>();

    SensorApi(SensorFlow flow, Background background, MeterRegistry meters) {
        this.flow = flow;
        this.background = background;
        this.meters = meters;
        meters.gauge(MetricName.SENSOR_STREAMS, streams, AtomicInteger::get);
    }

    @Override
    public StreamObserver<SyncRequest> sync(StreamObserver<SyncResponse> observer) {
        ServerCallStreamObserver<SyncResponse> call = (ServerCallStreamObserver<SyncResponse>) observer;
        call.disableAutoRequest();
        streams.incrementAndGet();
        SensorStream stream = new SensorStream(
                call,
                flow,
                SensorDoor.SHOWN.get(),
                new SensorStream.Surroundings(
                        background::look, this::outcome, this::refused, streams::decrementAndGet));
        call.request(1);
        return stream;
    }

    private void outcome(String word, int stale) {
        meters.counter(MetricName.SENSOR_BATCHES, "outcome", word).increment();
        meters.counter(MetricName.SENSOR_STALE_CHANGES).increment(stale);
    }

    /** Once, until the cluster's sensor is refused for something else. */
    private synchronized void refused(String cluster, String why) {
        if (why.equals(refusals.put(cluster, why))) {
            return;
        }
        if (refusals.size() > REFUSALS_MAX) {
            refusals.remove(refusals.keySet().iterator().next());
        }
        LOG.atWarn()
                .addKeyValue(LogKey.CLUSTER, cluster)
                .addKeyValue(LogKey.REASON, why)
                .log("a sensor's message was refused");
    }
}
