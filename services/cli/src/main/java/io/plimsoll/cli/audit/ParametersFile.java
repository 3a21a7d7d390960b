package io.plimsoll.cli.audit;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values of controls' parameters: {@code {PLM-IMG-003: {allowed: [registry.example.com]}}}. */
final class ParametersFile {

    private ParametersFile() {}

    /** By control and name; nothing where no file is given. */
    static Map<String, Map<String, Value>> read(@Nullable Path file) {
        if (file == null) {
            return Map.of();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Map<String, Map<String, Value>> parameters = new TreeMap<>();
            SingleDocument.read(file.toString(), in).fields().forEach((control, values) -> {
                if (!(values instanceof Value.Obj)) {
                    throw new UsageProblem(
                            file + ":" + values.line() + ": parameters of " + control + " are a mapping");
                }
                parameters.put(control, values.fields());
            });
            return parameters;
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("the parameters cannot be used: " + e.getMessage());
        } catch (IOException e) {
            throw new UsageProblem(file + ": no such file, or not readable");
        }
    }
}
