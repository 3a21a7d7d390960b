package io.plimsoll.cli.scan;

import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.Freshness;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is known against an image, and what was asked.
 *
 * @param feeds what was imported; empty when nothing was
 */
record Answered(ImageAnswer answer, List<FeedState> feeds, Freshness freshness) {
    Answered {
        feeds = List.copyOf(feeds);
    }

    /** A weakness of a package. */
    record Row(PackageAnswer pack, Finding finding) {}

    /** A weakness of a package that is not counted. */
    record Aside(PackageAnswer pack, SetAside setAside) {}

    /** Worst first: known to be exploited, then severity (none given last), then likelihood, then names. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (PackageAnswer pack : answer.packages()) {
            pack.findings().forEach(finding -> rows.add(new Row(pack, finding)));
        }
        rows.sort(Comparator.comparing((Row row) ->
                        !(row.finding().exploitation() instanceof io.plimsoll.scanning.match.Exploitation.Known))
                .thenComparing(
                        row -> row.finding().severity().map(Enum::ordinal).orElse(Integer.MAX_VALUE))
                .thenComparing(row -> row.finding()
                        .likelihood()
                        .map(one -> -one.probability())
                        .orElse(0.0))
                .thenComparing(row -> row.pack().pack())
                .thenComparing(Row::finding));
        return rows;
    }

    List<Aside> asides() {
        List<Aside> asides = new ArrayList<>();
        for (PackageAnswer pack : answer.packages()) {
            pack.setAside().forEach(one -> asides.add(new Aside(pack, one)));
        }
        return asides;
    }
}
