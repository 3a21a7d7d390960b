package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.document.MalformedDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** FIRST's EPSS scores: comma-separated, a comment with the date, a header, then {@code cve,epss,percentile}. */
final class LikelihoodTable {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[XXX][XX]", Locale.ROOT);
    private static final String DATE_MARK = "score_date:";

    private LikelihoodTable() {}

    static void read(InputStream in, String place, Feed feed) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        boolean header = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.startsWith("#")) {
                date(line, feed);
            } else if (line.startsWith("cve,epss,percentile")) {
                header = true;
            } else if (!line.isBlank()) {
                if (!header) {
                    throw new MalformedDocument("no header \"cve,epss,percentile\" before line " + number);
                }
                row(line, place + ":" + number, feed);
            }
        }
    }

    private static void date(String comment, Feed feed) {
        int at = comment.indexOf(DATE_MARK);
        if (at >= 0) {
            String date =
                    comment.substring(at + DATE_MARK.length()).split(",")[0].strip();
            try {
                feed.dated(OffsetDateTime.parse(date, DATE).toInstant());
            } catch (DateTimeException e) {
                // A table without a date is dated by its import.
                return;
            }
        }
    }

    private static void row(String line, String place, Feed feed) throws IOException {
        String[] fields = line.split(",", -1);
        try {
            if (fields.length < 3) {
                throw new IllegalArgumentException("fewer than three fields");
            }
            feed.likelihood(
                    new ExploitLikelihood(fields[0], Double.parseDouble(fields[1]), Double.parseDouble(fields[2])));
        } catch (IllegalArgumentException e) {
            feed.malformed(place, String.valueOf(e.getMessage()));
        }
    }
}
