package io.plimsoll.inventory.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.facts.v1.FactRecord;
import io.plimsoll.api.inventory.v1.PutDeclarationsResponse;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.inventory.flow.DeclareOutcome;
import io.plimsoll.inventory.flow.UploadOutcome;
import io.plimsoll.wire.KernelCodec;
import java.util.List;

/** Values kept whole in one column, in the encoding of the contracts. */
final class Kept {

    private Kept() {}

    static byte[] coverage(List<Coverage> coverage) {
        FactRecord.Builder record = FactRecord.newBuilder();
        coverage.forEach(each -> record.addCoverage(KernelCodec.toWire(each)));
        return record.build().toByteArray();
    }

    static List<Coverage> coverage(byte[] bytes) {
        try {
            return FactRecord.parseFrom(bytes).getCoverageList().stream()
                    .map(KernelCodec::fromWire)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
    }

    static byte[] upload(UploadOutcome outcome) {
        UploadManifestsResponse.Builder answer = UploadManifestsResponse.newBuilder()
                .setRevision(KernelCodec.toWire(outcome.revision()))
                .setAdded(outcome.added())
                .setChanged(outcome.changed())
                .setRemoved(outcome.removed())
                .setUnchanged(outcome.unchanged());
        outcome.coverage().forEach(each -> answer.addCoverage(KernelCodec.toWire(each)));
        return answer.build().toByteArray();
    }

    static UploadOutcome upload(byte[] bytes) {
        try {
            UploadManifestsResponse answer = UploadManifestsResponse.parseFrom(bytes);
            return new UploadOutcome(
                    KernelCodec.fromWire(answer.getRevision()),
                    answer.getAdded(),
                    answer.getChanged(),
                    answer.getRemoved(),
                    answer.getUnchanged(),
                    answer.getCoverageList().stream().map(KernelCodec::fromWire).toList());
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
    }

    static byte[] declared(DeclareOutcome outcome) {
        return PutDeclarationsResponse.newBuilder()
                .setNumber(outcome.number())
                .setChanged(outcome.changed())
                .setWithdrawn(outcome.withdrawn())
                .build()
                .toByteArray();
    }

    static DeclareOutcome declared(byte[] bytes) {
        try {
            PutDeclarationsResponse answer = PutDeclarationsResponse.parseFrom(bytes);
            return new DeclareOutcome(answer.getNumber(), answer.getChanged(), answer.getWithdrawn());
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
    }

    private static IllegalStateException unreadable(InvalidProtocolBufferException e) {
        return new IllegalStateException("a kept value cannot be read: " + e.getMessage(), e);
    }
}
