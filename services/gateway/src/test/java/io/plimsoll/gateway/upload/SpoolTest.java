package io.plimsoll.gateway.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    Path folder;

    private Spool spool;

    @BeforeEach
    void makeASpool() {
        spool = new Spool(folder.resolve("spool"), UploadLimits.DEFAULT, 2);
    }

    @Test
    void passesFilesOnInTheOrderOfTheirNamesInBoundedPieces() throws IOException {
        // Given
        byte[] tar = new Tars()
                .file("b.yaml", "0123456789")
                .file("a/z.yaml", "az")
                .file("a.yaml", "")
                .gzip();
        List<String> pieces = new ArrayList<>();
        // When
        try (SpooledUpload upload = take(tar).orElseThrow()) {
            upload.forEachPiece(4, (name, content) -> pieces.add(name + "=" + UTF_8.decode(content)));
        }
        // Then
        assertThat(pieces).containsExactly("a.yaml=", "a/z.yaml=az", "b.yaml=0123", "b.yaml=4567", "b.yaml=89");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        try (SpooledUpload upload = take(new Tars().file("a.yaml", "a").gzip()).orElseThrow()) {
            assertThat(upload.bytes()).isEqualTo(1);
        }
        assertThatThrownBy(() -> take(new byte[] {1, 2, 3})).isInstanceOf(UploadRefused.class);
        try (Stream<Path> left = Files.list(folder.resolve("spool"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void holdsAsManyUploadsAsItMayAndNoMore() throws IOException {
        byte[] tar = new Tars().file("a.yaml", "a").gzip();
        try (SpooledUpload first = take(tar).orElseThrow()) {
            try (SpooledUpload second = take(tar).orElseThrow()) {
                assertThat(take(tar)).isEmpty();
                second.close();
            }
            assertThat(first.files()).isEqualTo(1);
            try (SpooledUpload third = take(tar).orElseThrow()) {
                assertThat(third.files()).isEqualTo(1);
            }
        }
    }

    @Test
    void sweepsWhatAKilledProcessLeft() throws IOException {
        Path left = Files.createDirectories(folder.resolve("spool")).resolve("1.upload");
        Files.writeString(left, "left");
        Path other = Files.writeString(folder.resolve("spool/other"), "not ours");
        spool.sweep();
        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }

    private Optional<SpooledUpload> take(byte[] body) throws IOException {
        return spool.take(new ByteArrayInputStream(body), UploadFormat.TAR_GZIP, "");
    }
}
