package io.plimsoll.stagescoring.answer;

import io.plimsoll.assessment.Finding;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Bytes whose order, byte by byte and unsigned, is the order of what they stand for, so that a database pages through rows exactly as an
 * assessment lists them. A text is written UTF-16 unit by unit as UTF-8 would write each (ASCII is one byte), because that is how Java
 * compares texts; a zero ends it.
 */
public final class OrderKey {

    /** Most bytes of a key: an index entry has a bound. What is equal up to here is told apart by its tie. */
    public static final int BYTES_MAX = 2_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private OrderKey() {}

    /** As {@link SubjectId} compares. */
    public static byte[] of(SubjectId subject) {
        return new OrderKey().subject(subject).cut();
    }

    /** As {@link Finding} compares. */
    public static byte[] of(Finding finding) {
        Evidence evidence = finding.evidence();
        OrderKey key = new OrderKey();
        key.bytes.write(evidence.state() == EvidenceState.WAIVED ? 1 : 0);
        key.bytes.write(finding.control().severity().ordinal());
        key.subject(evidence.subject()).text(evidence.control());
        Source source = evidence.source();
        key.text(source.file()).number(source.document()).number(source.line()).text(evidence.path());
        key.bytes.write(evidence.state().ordinal());
        return key.text(evidence.message()).cut();
    }

    private OrderKey subject(SubjectId subject) {
        bytes.write(subject.kind().ordinal());
        return text(subject.cluster())
                .text(subject.namespace())
                .text(subject.object())
                .text(subject.name())
                .text(subject.container());
    }

    private OrderKey text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x02) {
                // Room for the zero that ends a text.
                bytes.write(1);
                bytes.write(unit + 1);
            } else if (unit < 0x80) {
                bytes.write(unit);
            } else if (unit < 0x800) {
                bytes.write(0xc0 | unit >> 6);
                bytes.write(0x80 | unit & 0x3f);
            } else {
                bytes.write(0xe0 | unit >> 12);
                bytes.write(0x80 | unit >> 6 & 0x3f);
                bytes.write(0x80 | unit & 0x3f);
            }
        }
        bytes.write(0);
        return this;
    }

    private OrderKey number(int number) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes.write(number >>> shift);
        }
        return this;
    }

    private byte[] cut() {
        byte[] all = bytes.toByteArray();
        return all.length <= BYTES_MAX ? all : Arrays.copyOf(all, BYTES_MAX);
    }
}
