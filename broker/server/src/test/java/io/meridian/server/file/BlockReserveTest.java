package io.meridian.server.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BlockReserveTest {
    private static final long MIB = 1L << 20;
    private static final int CHUNK_BYTES = 100_000;
    private static final int STAT_BLOCK_BYTES = 512;

    @TempDir
    private Path directory;

    @Test
    void aSmallFileReservesNothing() throws IOException {
        Path file = Files.createFile(directory.resolve("0.log"));
        BlockReserve reserve = new BlockReserve(LinuxCalls.find().orElse(null));
        assertThat(reserve.reserve(file, 0)).isEqualTo(BlockReserve.FROM_BYTES);
        assertThat(Files.size(file)).isZero();
    }

    @Test
    void aReserveIsAQuarterAtMostAndEndsAtARoundPosition() {
        BlockReserve nothing = new BlockReserve(null);
        Path file = directory.resolve("absent");
        assertThat(nothing.reserve(file, MIB)).isEqualTo(MIB + MIB / 4);
        assertThat(nothing.reserve(file, 3 * MIB + 17)).isEqualTo(3 * MIB + MIB / 2);
        assertThat(nothing.reserve(file, 1000 * MIB)).isEqualTo(1008 * MIB);
        assertThat(nothing.reserve(file, 1023 * MIB)).isEqualTo(1024 * MIB);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aGrowingFileHasBlocksAheadAndTheSizeOfWhatWasWritten() throws IOException, InterruptedException, StorageFault {
        try (FileLogStorage storage = FileLogStorage.open(directory, OpenFiles.unlimited())) {
            SegmentFile file = storage.create("0.log");
            byte[] chunk = "0123456789".repeat(CHUNK_BYTES / 10).getBytes(StandardCharsets.US_ASCII);
            for (int written = 0; written < 50; written++) {
                file.append((long) written * CHUNK_BYTES, ByteBuffer.wrap(chunk));
            }
            file.trim();
            assertThat(file.sizeBytes()).isEqualTo(50L * CHUNK_BYTES);
            assertThat(Files.readAllBytes(directory.resolve("0.log")))
                    .endsWith(chunk)
                    .hasSize(50 * CHUNK_BYTES);
            file.force();
            assertThat(allocatedBytes(directory.resolve("0.log"))).isLessThan(50L * CHUNK_BYTES * 5 / 4 + MIB);
            file.truncate(2 * MIB);
            file.append(2 * MIB, ByteBuffer.wrap(chunk));
            file.trim();
            file.close();
            assertThat(Files.size(directory.resolve("0.log"))).isEqualTo(2 * MIB + CHUNK_BYTES);
        }
    }

    private static long allocatedBytes(Path file) throws IOException, InterruptedException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(stat.waitFor()).isZero();
        return Long.parseLong(blocks.strip()) * STAT_BLOCK_BYTES;
    }
}
