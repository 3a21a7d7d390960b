package io.plimsoll.scanning.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Until when each distribution's releases are mended: a table that is built in, or one read. */
public final class DistributionLife {
    private static final String BUILT_IN = "distribution-life.csv";
    private static final int ROWS_MAX = 10_000;

    /**
     * One row.
     *
     * @param until the last day on which fixes are published to everybody
     * @param source where that is said
     */
    public record Life(LocalDate until, String source) {}

    private final Map<String, Life> lives;

    private DistributionLife(Map<String, Life> lives) {
        this.lives = lives;
    }

    public static DistributionLife builtIn() {
        try (InputStream in = DistributionLife.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is missing from the class path");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads rows {@code distribution,release,support ends,extended support ends,source}; lines that start with {@code #} do not count.
     *
     * @throws IOException naming the line that is malformed
     */
    public static DistributionLife read(InputStream in) throws IOException {
        Map<String, Life> lives = new TreeMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(",", -1);
            if (fields.length != 5 || fields[4].isBlank() || lives.size() >= ROWS_MAX) {
                throw new IOException("line " + number + ": five fields expected, and at most " + ROWS_MAX + " rows");
            }
            try {
                LocalDate until = LocalDate.parse(fields[3].isEmpty() ? fields[2] : fields[3]);
                if (lives.put(fields[0] + " " + fields[1], new Life(until, fields[4])) != null) {
                    throw new IOException("line " + number + ": a second row of " + fields[0] + " " + fields[1]);
                }
            } catch (java.time.DateTimeException e) {
                throw new IOException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return new DistributionLife(lives);
    }

    /** Empty when the table does not know the release. */
    public Optional<Life> of(String distribution, String release) {
        return Optional.ofNullable(lives.get(distribution + " " + release));
    }
}
