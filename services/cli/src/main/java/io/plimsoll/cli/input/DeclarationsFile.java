package io.plimsoll.cli.input;

import io.plimsoll.assessment.declaration.DeclarationsReader;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.declaration.Declarations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of {@code --facts}. */
public final class DeclarationsFile {

    private DeclarationsFile() {}

    /**
     * @param file null where none is given: nothing is declared
     * @throws UsageProblem naming file, line and field where it is no such file: half a file of declarations says something else than
     *     the whole
     */
    public static Declarations read(@Nullable Path file) {
        if (file == null) {
            return Declarations.NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return DeclarationsReader.read(file.toString(), in);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("the declarations cannot be used: " + e.getMessage());
        } catch (IOException e) {
            throw new UsageProblem(file + ": no such file, or not readable");
        }
    }
}
