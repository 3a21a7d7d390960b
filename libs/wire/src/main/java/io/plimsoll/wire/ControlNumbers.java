package io.plimsoll.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The number of each control in evidence's bitsets, from {@code control-numbers.tsv}. The list only grows: a number once given belongs to its
 * control for ever, or records of an earlier version would be misread.
 */
public final class ControlNumbers {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> controls = new HashMap<>();

    private ControlNumbers(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split("\t", -1);
                int number = Integer.parseInt(cells[0]);
                if (numbers.put(cells[1], number) != null || controls.put(number, cells[1]) != null) {
                    throw new IllegalStateException("control-numbers.tsv gives twice: " + line);
                }
            }
            line = lines.readLine();
        }
    }

    /** Those of this version. */
    public static ControlNumbers builtin() {
        try (InputStream in = ControlNumbers.class.getResourceAsStream("control-numbers.tsv")) {
            if (in == null) {
                throw new IllegalStateException("control-numbers.tsv is not on the class path");
            }
            return new ControlNumbers(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException for a control without a number */
    public int of(String control) {
        Integer number = numbers.get(control);
        if (number == null) {
            throw new IllegalArgumentException("control " + control + " has no number (control-numbers.tsv)");
        }
        return number;
    }

    /** Empty for a number of a newer writer. */
    public String control(int number) {
        return controls.getOrDefault(number, "");
    }

    /** By control. */
    public Map<String, Integer> all() {
        return Map.copyOf(numbers);
    }
}
