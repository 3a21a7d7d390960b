package io.plimsoll.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.Finding;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Subject;
import java.util.Map;

/** Findings to the words of {@code plimsoll.findings.v1} and back. */
public final class FindingsCodec {

    private final Map<String, Control> controls = Assessment.controls();

    /** @param subject whom it is about */
    public static io.plimsoll.api.findings.v1.Finding toWire(Finding finding, Subject subject) {
        Evidence evidence = finding.evidence();
        return io.plimsoll.api.findings.v1.Finding.newBuilder()
                .setControl(evidence.control())
                .setState(KernelCodec.toWire(evidence.state()))
                .setSeverity(KernelCodec.toWire(finding.control().severity()))
                .setSubject(KernelCodec.toWire(evidence.subject()))
                .setPath(evidence.path())
                .setValue(evidence.value())
                .setMessage(evidence.message())
                .setRemediation(finding.control().remediation())
                .setSource(KernelCodec.toWire(evidence.source()))
                .setReason(KernelCodec.toWire(evidence.reason()))
                .setExposure(KernelCodec.toWire(subject.exposure()))
                .setTeam(subject.team())
                .build();
    }

    public Finding fromWire(byte[] bytes) throws InvalidProtocolBufferException {
        return fromWire(io.plimsoll.api.findings.v1.Finding.parseFrom(bytes));
    }

    /** @throws IllegalArgumentException for a control this reader does not know */
    public Finding fromWire(io.plimsoll.api.findings.v1.Finding wire) {
        Control control = controls.get(wire.getControl());
        if (control == null) {
            throw new IllegalArgumentException("no control of this version: " + wire.getControl());
        }
        return new Finding(
                control,
                new Evidence(
                        wire.getControl(),
                        KernelCodec.fromWire(wire.getSubject()),
                        KernelCodec.fromWire(wire.getState()),
                        KernelCodec.fromWire(wire.getReason()),
                        wire.getPath(),
                        wire.getValue(),
                        wire.getMessage(),
                        KernelCodec.fromWire(wire.getSource())));
    }
}
