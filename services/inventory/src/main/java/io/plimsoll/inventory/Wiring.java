package io.plimsoll.inventory;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.inventory.flow.ClusterPublication;
import io.plimsoll.inventory.flow.Declare;
import io.plimsoll.inventory.flow.Ingest;
import io.plimsoll.inventory.flow.KnownClusters;
import io.plimsoll.inventory.flow.Pace;
import io.plimsoll.inventory.flow.Recompute;
import io.plimsoll.inventory.flow.Step;
import io.plimsoll.inventory.publish.KafkaTopics;
import io.plimsoll.inventory.publish.Relay;
import io.plimsoll.inventory.publish.Topics;
import io.plimsoll.inventory.sensor.Credentials;
import io.plimsoll.inventory.sensor.SensorFlow;
import io.plimsoll.inventory.store.OutboxRows;
import io.plimsoll.inventory.store.PostgresSensors;
import io.plimsoll.inventory.store.PostgresStore;
import io.plimsoll.inventory.store.Queries;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.lease.PostgresLeases;
import io.plimsoll.messaging.log.Broker;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.store.Database;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;

/** What the service is made of. */
@Singleton
public class Wiring {

    private static final Step.Watcher NOBODY = Step.Watcher.NOBODY;

    /** Rises when the engines say something else of the same objects; every cluster is then computed anew. */
    private static final String ENGINE = "1";

    @Produces
    @Singleton
    Database database(DataSource source) {
        return new Database(source);
    }

    @Produces
    @Singleton
    PostgresStore store(Database database) {
        return new PostgresStore(database);
    }

    @Produces
    @Singleton
    PostgresSensors sensors(Database database) {
        return new PostgresSensors(database);
    }

    @Produces
    @Singleton
    SensorFlow sensorFlow(PostgresSensors sensors, InventoryConfig config) {
        return new SensorFlow(sensors, config.address().text(), Clock.systemUTC(), NOBODY);
    }

    @Produces
    @Singleton
    Credentials credentials(PostgresSensors sensors, PostgresStore store, InventoryConfig config) {
        return new Credentials(sensors, store, config.partitions(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    Queries queries(Database database) {
        return new Queries(database);
    }

    @Produces
    @Singleton
    OutboxRows outbox(Database database) {
        return new OutboxRows(database);
    }

    @Produces
    @Singleton
    ClusterPublication publication(InventoryConfig config) {
        StageModel model = StageModel.builtin();
        return new ClusterPublication(
                new ClusterAnalysis(model, AddOnCatalogue.builtin()),
                ENGINE + " " + model.digest(),
                NOBODY,
                new KnownClusters(config.keptObjectsMax()));
    }

    @Produces
    @Singleton
    Ingest ingest(PostgresStore store, ClusterPublication publication, InventoryConfig config) {
        return new Ingest(store, publication, config.partitions(), Clock.systemUTC(), NOBODY);
    }

    @Produces
    @Singleton
    Declare declare(PostgresStore store) {
        return new Declare(store, NOBODY);
    }

    @Produces
    @Singleton
    Topics topics(InventoryConfig config) {
        return new Topics(broker(config), config.partitions());
    }

    @Produces
    @Singleton
    Recompute recompute(PostgresStore store, ClusterPublication publication, Topics topics, InventoryConfig config) {
        return new Recompute(
                store,
                publication,
                new KafkaTopics(broker(config), topics),
                Clock.systemUTC(),
                new Pace(config.apart(), System::nanoTime));
    }

    @Produces
    @Singleton
    Relay relay(DataSource source, OutboxRows outbox, Topics topics, InventoryConfig config) {
        PostgresLeases leases =
                new PostgresLeases(source, config.address().text(), config.partitions(), config.leaseTerm());
        return new Relay(
                new Relay.Parts(outbox, leases, topics, () -> new KafkaSink(broker(config), Views.INVENTORY)),
                config.relayPoll(),
                config.leaseTerm().dividedBy(3),
                NOBODY);
    }

    private static Broker broker(InventoryConfig config) {
        return new Broker(config.kafka(), config.kafkaAccess());
    }
}
