package io.meridian.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.base.SeededRandom;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZeroRoomTest {
    private static final int CONTENT_BYTES = 3 << 20;

    @TempDir
    private Path directory;

    /// Of any sizes of appends, alone and gathered: what was appended, then zeros alone, and few of them.
    @Test
    void whatWasAppendedIsThereAndZerosBehindIt() throws IOException, StorageFault {
        for (int seed = 0; seed < 4; seed++) {
            SeededRandom random = new SeededRandom(seed);
            byte[] content = content(random);
            String name = seed + ".log";
            try (FileLogStorage storage = FileLogStorage.open(directory, OpenFiles.unlimited())) {
                SegmentFile file = storage.create(name);
                int at = 0;
                int room = 0;
                while (at < content.length) {
                    int first = Math.min(content.length - at, 1 + random.nextInt(seed == 0 ? 400_000 : 20_000));
                    int second = random.nextBoolean() ? Math.min(content.length - at - first, 700) : 0;
                    append(file, content, at, first, second);
                    at += first + second;
                    byte[] found = Files.readAllBytes(directory.resolve(name));
                    assertThat(Arrays.mismatch(found, 0, at, content, 0, at)).isEqualTo(-1);
                    assertThat(isZero(found, at)).isTrue();
                    assertThat(found.length - at).isLessThanOrEqualTo(Math.min(at / 2, ZeroRoom.BYTES_MAX));
                    room = Math.max(room, found.length - at);
                }
                assertThat(room).isGreaterThan(ZeroRoom.BYTES_MAX / 8);
                file.trim();
                file.close();
            }
            assertThat(Files.readAllBytes(directory.resolve(name))).isEqualTo(content);
        }
    }

    @Test
    void aSmallFileHasNoRoom() throws StorageFault {
        try (FileLogStorage storage = FileLogStorage.open(directory, OpenFiles.unlimited())) {
            SegmentFile file = storage.create("0.log");
            file.append(0, ByteBuffer.allocate(1_000));
            file.append(1_000, ByteBuffer.allocate((int) ZeroRoom.FROM_BYTES - 1_001));
            assertThat(file.sizeBytes()).isEqualTo(ZeroRoom.FROM_BYTES - 1);
            file.append(ZeroRoom.FROM_BYTES - 1, ByteBuffer.allocate(1));
            assertThat(file.sizeBytes()).isEqualTo(ZeroRoom.FROM_BYTES * 5 / 4);
            file.close();
        }
    }

    /// The room of before is gone with what was cut, and what is appended then makes its own.
    @Test
    void aFileThatWasCutGrowsAgain() throws IOException, StorageFault {
        byte[] content = content(new SeededRandom(9));
        try (FileLogStorage storage = FileLogStorage.open(directory, OpenFiles.unlimited())) {
            SegmentFile file = storage.create("0.log");
            append(file, content, 0, 200_000, 0);
            append(file, content, 200_000, 5_000, 0);
            file.truncate(100_000);
            assertThat(file.sizeBytes()).isEqualTo(100_000);
            append(file, content, 100_000, 700, 0);
            assertThat(file.sizeBytes()).isGreaterThan(100_700);
            file.trim();
            assertThat(file.sizeBytes()).isEqualTo(100_700);
            append(file, content, 100_700, 10, 0);
            file.trim();
            file.trim();
            file.close();
        }
        assertThat(Files.readAllBytes(directory.resolve("0.log"))).isEqualTo(Arrays.copyOf(content, 100_710));
    }

    /// The file was there before it was opened: what it holds is not room, whatever becomes of the first append.
    @Test
    void anAppendThatFindsNoSpaceTakesNothingFromTheFile() throws IOException, StorageFault {
        byte[] content = content(new SeededRandom(5));
        Path path = Files.write(directory.resolve("0.log"), content);
        SegmentFile file = new FileSegment(
                path,
                "0.log",
                new FullChannel(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)),
                new ForceStatistics(),
                new BlockReserve(null),
                new ZeroRoom(),
                Runnable::run);

        assertThatThrownBy(() -> file.append(content.length, ByteBuffer.allocate(1_000)))
                .isInstanceOf(StorageFault.class);
        file.trim();
        file.close();

        assertThat(Files.size(path)).isEqualTo(content.length);
        assertThat(Arrays.mismatch(Files.readAllBytes(path), content)).isEqualTo(-1);
    }

    private static void append(SegmentFile file, byte[] content, int at, int first, int second) throws StorageFault {
        if (second == 0) {
            file.append(at, ByteBuffer.wrap(content, at, first));
        } else {
            file.append(at, ByteBuffer.wrap(content, at, first), ByteBuffer.wrap(content, at + first, second));
        }
    }

    /// No zeros, so that what was not written can be told from what was.
    private static byte[] content(SeededRandom random) {
        byte[] content = new byte[CONTENT_BYTES];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (1 + random.nextInt(255));
        }
        return content;
    }

    private static boolean isZero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
