package io.meridian.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meridian.base.SeededRandom;
import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogStorageIT {
    @TempDir
    private Path directory;

    private FileLogStorage storage;

    @BeforeEach
    void open() {
        storage = FileLogStorage.open(directory, OpenFiles.unlimited());
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void writesOfManyBuffersAreReadBackAsOne() throws StorageFault {
        SegmentFile file = storage.create("0.log");
        SeededRandom random = new SeededRandom(3);
        byte[] expected = new byte[3_000_000];
        random.nextBytes(expected);
        long position = 0;
        while (position < expected.length) {
            List<ByteBuffer> buffers = new ArrayList<>();
            int start = (int) position;
            for (int count = random.nextInt(1, 2_000); count > 0 && position < expected.length; count--) {
                int size = Math.min(random.nextInt(0, 900), expected.length - (int) position);
                ByteBuffer buffer = random.chance(50) ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
                buffers.add(buffer.put(expected, (int) position, size).flip());
                position += size;
            }
            file.write(start, buffers.toArray(ByteBuffer[]::new));
            assertThat(buffers).noneMatch(ByteBuffer::hasRemaining);
        }
        assertThat(file.sizeBytes()).isEqualTo(expected.length);
        assertThat(read(file, 0, expected.length)).isEqualTo(expected);
        file.close();
    }

    @Test
    void aReadAcrossTheEndGivesWhatThereIs() throws StorageFault {
        SegmentFile file = storage.create("0.log");
        file.write(0, bytes("hello"));
        ByteBuffer target = ByteBuffer.allocate(10);
        assertThat(file.read(2, target)).isEqualTo(3);
        assertThat(file.read(5, target)).isZero();
        assertThat(file.read(99, target)).isZero();
        file.close();
    }

    @Test
    void aSliceSurvivesCloseAndDeletion() throws StorageFault, IOException {
        SegmentFile file = storage.create("0.log");
        file.write(0, bytes("0123456789"));
        FetchedSlice slice = file.slice(3, 4);
        file.close();
        storage.delete("0.log");

        FileSlice opened = (FileSlice) slice;
        ByteBuffer target = ByteBuffer.allocate(slice.sizeInBytes());
        opened.channel().read(target, opened.positionBytes());
        assertThat(target.array()).isEqualTo("3456".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        slice.release();
        await().untilAsserted(() ->
                assertThatThrownBy(() -> opened.channel().size()).isInstanceOf(ClosedChannelException.class));
    }

    @Test
    void aSliceIsReleasedOnce() throws StorageFault {
        SegmentFile file = storage.create("0.log");
        FetchedSlice slice = file.slice(0, 0);
        slice.release();
        assertThatThrownBy(slice::release).isInstanceOf(IllegalStateException.class);
        file.write(0, bytes("still open"));
        file.close();
    }

    @Test
    void aTruncatedFileEndsThere() throws StorageFault {
        SegmentFile file = storage.create("0.log");
        file.write(0, bytes("0123456789"));
        file.truncate(4);
        file.write(4, bytes("ab"));
        assertThat(read(file, 0, 6)).isEqualTo(bytes("0123ab").array());
        assertThat(file.sizeBytes()).isEqualTo(6);
        file.close();
    }

    @Test
    void namesAreListedSortedAndAMissingDirectoryIsEmpty() throws StorageFault {
        storage.createDirectory("topic-0");
        storage.createDirectory("topic-0");
        storage.create("topic-0/b").close();
        storage.create("topic-0/a").close();
        assertThat(storage.list("topic-0")).containsExactly("a", "b");
        assertThat(storage.list("topic-1")).isEmpty();
        assertThat(storage.exists("topic-0/a")).isTrue();
        assertThat(storage.exists("topic-0/c")).isFalse();
    }

    @Test
    void aRenameReplacesAFileAndMovesADirectory() throws StorageFault {
        storage.create("old").close();
        SegmentFile newer = storage.create("new");
        newer.write(0, bytes("x"));
        newer.close();
        storage.rename("new", "old");
        assertThat(storage.list("")).containsExactly("old");

        storage.createDirectory("topic-0");
        storage.create("topic-0/a").close();
        storage.rename("topic-0", "topic-0.x-delete");
        assertThat(storage.list("topic-0.x-delete")).containsExactly("a");
    }

    @Test
    void deletionTakesADirectoryWithItsContentAndForgivesAbsence() throws StorageFault {
        storage.createDirectory("topic-0");
        storage.create("topic-0/a").close();
        storage.delete("topic-0");
        storage.delete("topic-0");
        storage.delete("never");
        assertThat(storage.list("")).isEmpty();
    }

    @Test
    void aTakenNameAMissingFileAndAClosedFileAreToldApart() throws StorageFault {
        SegmentFile file = storage.create("0.log");
        assertFault(StorageFault.Kind.EXISTS, () -> storage.create("0.log"));
        assertFault(StorageFault.Kind.MISSING, () -> storage.open("1.log"));
        file.close();
        assertFault(StorageFault.Kind.IO, () -> file.write(0, bytes("x")));
    }

    @Test
    void aFullDeviceIsTold() throws IOException, StorageFault {
        Files.createSymbolicLink(directory.resolve("full"), Path.of("/dev/full"));
        SegmentFile file = storage.open("full");
        assertFault(StorageFault.Kind.FULL, () -> file.write(0, bytes("x")));
        file.close();
    }

    @Test
    void aPathMayNotLeaveTheDirectory() {
        assertThatThrownBy(() -> storage.open("../outside")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyFilesAreForcedInOneRound() throws StorageFault {
        List<SegmentFile> files = new ArrayList<>();
        for (int count = 0; count < 20; count++) {
            SegmentFile file = storage.create(count + ".log");
            file.write(0, bytes("x"));
            files.add(file);
        }
        storage.create("closed").close();
        storage.forceAll(files, List.of("closed"), List.of(""));
        assertThat(storage.statistics().files()).isEqualTo(21);
        assertThat(storage.statistics().rounds()).isEqualTo(1);
        for (SegmentFile file : files) {
            file.close();
        }
    }

    @Test
    void fewFilesAreForcedOneByOne() throws StorageFault {
        SegmentFile file = storage.create("0.log");
        storage.forceAll(List.of(file), List.of(), List.of());
        assertThat(storage.statistics().rounds()).isEqualTo(1);
        assertThat(storage.statistics().files()).isEqualTo(1);
        file.close();
    }

    @Test
    void fewClosedFilesAreForcedByTheirNames() throws StorageFault {
        storage.create("closed").close();
        storage.forceAll(List.of(), List.of("closed"), List.of(""));
        assertThat(storage.statistics().files()).isEqualTo(1);
        assertFault(StorageFault.Kind.MISSING, () -> storage.forceAll(List.of(), List.of("absent"), List.of()));
    }

    private interface Call {
        void run() throws StorageFault;
    }

    private static void assertFault(StorageFault.Kind kind, Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StorageFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
    }

    private static byte[] read(SegmentFile file, long position, int length) throws StorageFault {
        ByteBuffer target = ByteBuffer.allocate(length);
        int read = file.read(position, target);
        return Arrays.copyOf(target.array(), read);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
