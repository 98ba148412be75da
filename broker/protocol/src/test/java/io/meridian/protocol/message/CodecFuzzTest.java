package io.meridian.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.testing.Allocation;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Requests cut short and damaged in every API and version. The only answers are a message and a
/// [WireFormatException], and neither costs more memory than the frame justifies.
class CodecFuzzTest {
    private static final int CUT_BYTES_MAX = 1_500;
    private static final int DAMAGED_PER_VERSION = 400;

    @Test
    void aRequestCutAnywhereIsRefused() {
        forEveryVersion((apiKey, version, bytes) -> {
            for (int length = 0; length < Math.min(bytes.length, CUT_BYTES_MAX); length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> read(apiKey, version, cut))
                        .as("%s version %s cut at %s of %s", apiKey, version, length, bytes.length)
                        .isInstanceOf(WireFormatException.class);
            }
        });
    }

    @Test
    void aDamagedRequestIsReadOrRefusedWithoutLargeAllocations() {
        forEveryVersion((apiKey, version, bytes) -> {
            SeededRandom random = new SeededRandom(31L * apiKey.number() + version);
            for (int i = 0; i < DAMAGED_PER_VERSION; i++) {
                byte[] damaged = damage(bytes, random);
                String what = apiKey + " version " + version + " " + Arrays.toString(damaged);
                Throwable fault = catchThrowable(() -> read(apiKey, version, damaged));
                if (fault != null) {
                    assertThat(fault).as(what).isInstanceOf(WireFormatException.class);
                }
                long allocated = Allocation.bytesOf(() -> readOrRefuse(apiKey, version, damaged));
                assertThat(allocated).as(what).isLessThanOrEqualTo(Allocation.allowed(damaged.length));
            }
        });
    }

    private static byte[] damage(byte[] bytes, SeededRandom random) {
        byte[] damaged = bytes.clone();
        for (int flips = random.nextInt(3); flips >= 0 && damaged.length > 0; flips--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) 0xFF;
                case 1 -> damaged[at] = 0x7F;
                case 2 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + 4), (byte) 0x7F);
                default -> damaged[at] = (byte) random.nextInt();
            }
        }
        return damaged;
    }

    private static boolean readOrRefuse(ApiKey apiKey, short version, byte[] bytes) {
        try {
            read(apiKey, version, bytes);
            return true;
        } catch (WireFormatException _) {
            return false;
        }
    }

    private static void read(ApiKey apiKey, short version, byte[] bytes) {
        WireReader reader = new WireReader(ByteBuffer.wrap(bytes));
        MessageTypes.readRequest(apiKey.number(), reader, version);
    }

    private static void forEveryVersion(Case test) {
        for (ApiKey apiKey : ApiKey.values()) {
            if (apiKey.hasVersions()) {
                Specification specification = Specification.named(apiKey.apiName() + "Request");
                for (short version = MessageTypes.lowestVersion(apiKey.number());
                        version <= MessageTypes.highestVersion(apiKey.number());
                        version++) {
                    test.accept(apiKey, version, RandomMessageBytes.of(specification, version, apiKey.number()));
                }
            }
        }
    }

    @FunctionalInterface
    private interface Case {
        void accept(ApiKey apiKey, short version, byte[] bytes);
    }
}
