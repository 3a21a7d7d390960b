package io.plimsoll.messaging.analyser;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.evidence.v1.EvidenceRecord;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's evidence as it is written to the topic, kept from one batch to the next: a subject of which the same is said is not encoded
 * again, and a record that was found equal to the published one is not decoded again. Not safe for use by two threads at once.
 */
final class EvidenceRecords {

    private final String cluster;
    private final String analyser;
    private final EvidenceCodec codec;
    private Map<SubjectId, Said> bySubject = new HashMap<>();
    /** As last said: most of it is said again at the same place. */
    private List<Evidence> last = List.of();

    /** By the keys of the topic, in their order, as views are. */
    private final TreeMap<String, Said> byKey = new TreeMap<>();

    /** What is said of one subject; its content has no revision. */
    private static final class Said {
        private final SubjectId subject;
        private final List<Evidence> answers;
        private final String key;
        private final byte[] content;
        /** Key and hash of the content, as marks digest them. */
        private final byte[] digested;
        /** The published record that says the same; null until it was compared. */
        private MarkedView.@Nullable Entry published;

        private Said(SubjectId subject, List<Evidence> answers, String key, byte[] content, byte[] digested) {
            this.subject = subject;
            this.answers = answers;
            this.key = key;
            this.content = content;
            this.digested = digested;
        }
    }

    EvidenceRecords(String cluster, String analyser, EvidenceCodec codec) {
        this.cluster = cluster;
        this.analyser = analyser;
        this.codec = codec;
    }

    /** From now on this is said, and nothing else. */
    void say(List<Evidence> evidence) {
        Optional<Set<SubjectId>> changed = changed(evidence);
        last = List.copyOf(evidence);
        if (changed.isPresent()) {
            sayOf(changed.get());
        } else {
            sayAll(evidence);
        }
    }

    /** Subjects of which something else is said now; empty where answers stand at other places, so that all has to be looked at. */
    private Optional<Set<SubjectId>> changed(List<Evidence> evidence) {
        if (evidence.size() != last.size()) {
            return Optional.empty();
        }
        Set<SubjectId> changed = new HashSet<>();
        for (int i = 0; i < evidence.size(); i++) {
            Evidence now = evidence.get(i);
            Evidence before = last.get(i);
            if (!now.equals(before)) {
                if (!now.subject().equals(before.subject())) {
                    return Optional.empty();
                }
                changed.add(now.subject());
            }
        }
        return Optional.of(changed);
    }

    private void sayOf(Set<SubjectId> changed) {
        if (changed.isEmpty()) {
            return;
        }
        Map<SubjectId, List<Evidence>> answers = new HashMap<>();
        for (Evidence each : last) {
            if (changed.contains(each.subject())) {
                answers.computeIfAbsent(each.subject(), id -> new ArrayList<>()).add(each);
            }
        }
        answers.forEach((subject, mine) -> {
            Said said = said(subject, mine);
            bySubject.put(subject, said);
            byKey.put(said.key, said);
        });
    }

    private void sayAll(List<Evidence> evidence) {
        Map<SubjectId, List<Evidence>> answers = new HashMap<>();
        SubjectId subjectBefore = null;
        List<Evidence> here = List.of();
        for (Evidence each : evidence) {
            // Answers about one subject often follow each other.
            if (!each.subject().equals(subjectBefore)) {
                subjectBefore = each.subject();
                here = answers.computeIfAbsent(subjectBefore, id -> new ArrayList<>());
            }
            here.add(each);
        }
        Map<SubjectId, Said> now = HashMap.newHashMap(answers.size());
        answers.forEach((subject, mine) -> {
            Said before = bySubject.get(subject);
            now.put(subject, before != null && before.answers.equals(mine) ? before : said(subject, mine));
        });
        bySubject.forEach((subject, before) -> {
            if (!now.containsKey(subject)) {
                byKey.remove(before.key);
            }
        });
        now.values().forEach(each -> {
            if (bySubject.get(each.subject) != each) {
                byKey.put(each.key, each);
            }
        });
        bySubject = now;
    }

    private Said said(SubjectId subject, List<Evidence> answers) {
        String key = TopicKey.evidence(cluster, analyser, subject);
        byte[] content = EvidenceCodec.content(codec.toWire(subject, answers, analyser, Version.NONE));
        byte[] named = key.getBytes(StandardCharsets.UTF_8);
        byte[] hash = sha256().digest(content);
        byte[] digested = Arrays.copyOf(named, named.length + 1 + hash.length);
        System.arraycopy(hash, 0, digested, named.length + 1, hash.length);
        return new Said(subject, List.copyOf(answers), key, content, digested);
    }

    /** What has to be written so that what is published says what is said: records that differ, and tombstones. In the order of keys. */
    List<LogRecord> difference(Map<String, MarkedView.Entry> published, Place place, Version target) {
        List<LogRecord> out = new ArrayList<>();
        // Both are in the order of their keys: they are walked side by side.
        Iterator<Said> ours = byKey.values().iterator();
        Iterator<Map.Entry<String, MarkedView.Entry>> theirs =
                published.entrySet().iterator();
        Said mine = next(ours);
        Map.Entry<String, MarkedView.Entry> there = next(theirs);
        while (mine != null || there != null) {
            int order = mine == null ? 1 : there == null ? -1 : order(mine.key, there.getKey());
            if (order > 0 && there != null) {
                out.add(new LogRecord(place, there.getKey(), null, target));
                there = next(theirs);
            } else if (mine != null) {
                if (order < 0 || there == null || !isSame(mine, there.getValue())) {
                    out.add(new LogRecord(place, mine.key, bytes(mine, target), target));
                }
                there = order == 0 ? next(theirs) : there;
                mine = next(ours);
            }
        }
        return out;
    }

    /** Of what was published from here both keys are the same object. */
    private static int order(String ours, String theirs) {
        return ours.equals(theirs) ? 0 : ours.compareTo(theirs);
    }

    private static <T> @Nullable T next(Iterator<T> iterator) {
        return iterator.hasNext() ? iterator.next() : null;
    }

    private byte[] bytes(Said said, Version target) {
        return codec.toWire(said.subject, said.answers, analyser, target).toByteArray();
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Said said, MarkedView.Entry entry) {
        if (said.published == entry) {
            return true;
        }
        boolean same = Arrays.equals(content(entry.value()), said.content);
        said.published = same ? entry : null;
        return same;
    }

    private static byte[] content(byte[] record) {
        try {
            return EvidenceCodec.content(EvidenceRecord.parseFrom(record));
        } catch (InvalidProtocolBufferException e) {
            return new byte[0];
        }
    }

    int size() {
        return byKey.size();
    }

    /** SHA-256 over keys and the hashes of contents, in the order of keys. */
    byte[] digest() {
        MessageDigest digest = sha256();
        byKey.values().forEach(said -> digest.update(said.digested));
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
