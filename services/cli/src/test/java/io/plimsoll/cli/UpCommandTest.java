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
    void whoeverRebuildsElsewhereNeedsAToken() {
        assertThat(Plimsoll.run("rebuild", "--gateway", "http://127.0.0.1:1")).isEqualTo(ExitCode.USAGE);
    }
}
