package io.plimsoll.segmentation.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * An exact set of (protocol, port) points, ports 1 to 65535. Canonical: equal sets are equal objects in the sense of
 * {@link #equals}. Immutable, any thread.
 */
public final class PortSet {

    public static final int PORT_MAX = 65_535;

    private static final Protocol[] PROTOCOLS = Protocol.values();

    /** No point at all. */
    public static final PortSet NONE = new PortSet(new int[PROTOCOLS.length][0]);
    /** Every port of every protocol. */
    public static final PortSet ALL = everyPort();

    /**
     * Per protocol: first, last, first, last; ascending, with a gap of at least one port between two spans. TCP 80,443-445 is
     * {@code {{80, 80, 443, 445}, {}, {}}}.
     */
    private final int[][] spans;

    private final int hash;

    private PortSet(int[][] spans) {
        this.spans = spans;
        this.hash = Arrays.deepHashCode(spans);
    }

    /**
     * The ports from {@code first} to {@code last}, both included.
     *
     * @throws IllegalArgumentException unless 1 &lt;= first &lt;= last &lt;= 65535
     */
    public static PortSet of(Protocol protocol, int first, int last) {
        if (first < 1 || last > PORT_MAX || first > last) {
            throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
        }
        int[][] spans = new int[PROTOCOLS.length][0];
        spans[protocol.ordinal()] = new int[] {first, last};
        return new PortSet(spans);
    }

    public static PortSet of(Protocol protocol, int port) {
        return of(protocol, port, port);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean contains(Protocol protocol, int port) {
        int[] mine = spans[protocol.ordinal()];
        for (int i = 0; i < mine.length; i += 2) {
            if (mine[i] <= port && port <= mine[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** True when every point of {@code other} is in this set. */
    public boolean containsAll(PortSet other) {
        return other.intersect(this).equals(other);
    }

    /** Number of (protocol, port) points, 0 to 3 * 65535. */
    public int size() {
        int points = 0;
        for (int[] mine : spans) {
            for (int i = 0; i < mine.length; i += 2) {
                points += mine[i + 1] - mine[i] + 1;
            }
        }
        return points;
    }

    /** Ports of one protocol without a gap. */
    public record Span(Protocol protocol, int first, int last) {}

    /** The spans, by protocol and ascending, as few as possible. */
    public List<Span> toSpans() {
        List<Span> all = new ArrayList<>();
        for (Protocol protocol : PROTOCOLS) {
            int[] mine = spans[protocol.ordinal()];
            for (int i = 0; i < mine.length; i += 2) {
                all.add(new Span(protocol, mine[i], mine[i + 1]));
            }
        }
        return all;
    }

    public PortSet union(PortSet other) {
        if (equals(other) || other.isEmpty() || isAll()) {
            return this;
        }
        if (isEmpty() || other.isAll()) {
            return other;
        }
        int[][] united = new int[PROTOCOLS.length][];
        for (int p = 0; p < united.length; p++) {
            united[p] = union(spans[p], other.spans[p]);
        }
        return canonical(united);
    }

    public PortSet intersect(PortSet other) {
        if (equals(other) || other.isAll() || isEmpty()) {
            return this;
        }
        if (isAll() || other.isEmpty()) {
            return other;
        }
        int[][] shared = new int[PROTOCOLS.length][];
        for (int p = 0; p < shared.length; p++) {
            shared[p] = intersect(spans[p], other.spans[p]);
        }
        return canonical(shared);
    }

    /** The points of this set that are not in {@code other}. */
    public PortSet minus(PortSet other) {
        return intersect(other.complement());
    }

    private PortSet complement() {
        int[][] rest = new int[PROTOCOLS.length][];
        for (int p = 0; p < rest.length; p++) {
            Spans gaps = new Spans(spans[p].length + 2);
            int next = 1;
            for (int i = 0; i < spans[p].length; i += 2) {
                gaps.add(next, spans[p][i] - 1);
                next = spans[p][i + 1] + 1;
            }
            gaps.add(next, PORT_MAX);
            rest[p] = gaps.toArray();
        }
        return canonical(rest);
    }

    private static int[] union(int[] a, int[] b) {
        Spans spans = new Spans(a.length + b.length);
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            if (j >= b.length || (i < a.length && a[i] <= b[j])) {
                spans.add(a[i], a[i + 1]);
                i += 2;
            } else {
                spans.add(b[j], b[j + 1]);
                j += 2;
            }
        }
        return spans.toArray();
    }

    private static int[] intersect(int[] a, int[] b) {
        Spans spans = new Spans(a.length + b.length);
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            spans.add(Math.max(a[i], b[j]), Math.min(a[i + 1], b[j + 1]));
            if (a[i + 1] < b[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return spans.toArray();
    }

    private static PortSet canonical(int[][] spans) {
        PortSet set = new PortSet(spans);
        return set.isEmpty() ? NONE : set.isAll() ? ALL : set;
    }

    private static PortSet everyPort() {
        int[][] spans = new int[PROTOCOLS.length][];
        Arrays.fill(spans, new int[] {1, PORT_MAX});
        return new PortSet(spans);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof PortSet set && hash == set.hash && Arrays.deepEquals(spans, set.spans));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** {@code All Connections}, {@code No Connections}, or for instance {@code TCP 80,443-445,UDP 53}. */
    @Override
    public String toString() {
        if (isAll()) {
            return "All Connections";
        }
        if (isEmpty()) {
            return "No Connections";
        }
        return text(List.of());
    }

    /** As {@link #toString}, with names behind the numbers of each protocol: {@code TCP 80,http}. */
    public String text(List<NamedPort> names) {
        if (names.isEmpty() && (isAll() || isEmpty())) {
            return toString();
        }
        StringJoiner protocols = new StringJoiner(",");
        for (Protocol protocol : PROTOCOLS) {
            int[] mine = spans[protocol.ordinal()];
            StringJoiner ports = new StringJoiner(",");
            if (mine.length > 0) {
                ports.add(text(mine));
            }
            names.stream().filter(name -> name.protocol() == protocol).forEach(name -> ports.add(name.name()));
            if (ports.length() > 0) {
                protocols.add(protocol + " " + ports);
            }
        }
        return protocols.toString();
    }

    private static String text(int[] spans) {
        StringJoiner ranges = new StringJoiner(",");
        for (int i = 0; i < spans.length; i += 2) {
            ranges.add(spans[i] == spans[i + 1] ? Integer.toString(spans[i]) : spans[i] + "-" + spans[i + 1]);
        }
        return ranges.toString();
    }

    /** Collects spans that come in the order of their first port, joining those that overlap or touch. */
    private static final class Spans {

        private final int[] bounds;
        private int size;

        Spans(int capacity) {
            this.bounds = new int[capacity];
        }

        /** Adds a span; an empty one (last before first) adds nothing. */
        void add(int first, int last) {
            if (first > last) {
                return;
            }
            if (size > 0 && first <= bounds[size - 1] + 1) {
                bounds[size - 1] = Math.max(bounds[size - 1], last);
                return;
            }
            bounds[size++] = first;
            bounds[size++] = last;
        }

        int[] toArray() {
            return Arrays.copyOf(bounds, size);
        }
    }
}
