package io.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no running parts; the parts themselves are tried in libs/embedded. */
class UpCommandTest {

    @TempDir
    Path folder;

    @Test
    void anEmptyFolderRunsNothing() {
        assertThat(Plimsoll.run("status", "--data", folder.toString())).isEqualTo(ExitCode.NOTHING_USABLE);
        assertThat(Plimsoll.run("down", "--data", folder.toString())).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatCannotBeStartedYetIsSaid() {
        assertThat(Plimsoll.run("up", "--data", folder.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(Plimsoll.run("up", "--only", "nothing")).isEqualTo(ExitCode.USAGE);
    }
}
