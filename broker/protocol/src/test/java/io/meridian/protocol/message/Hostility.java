package io.meridian.protocol.message;

import io.meridian.base.SeededRandom;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/// Bends one place of a message while it is written: a count, a length, a presence or a section of tagged fields.
/// Places are numbered in the order in which they are written; a bend of none counts them.
final class Hostility {
    private static final int NOWHERE = -1;
    private static final int REPETITIONS = 4_000;
    private static final int[] LENGTHS = {
        -1, -2, 0, 1, 2, 127, 128, 10_000, 10_001, 32_767, 32_768, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    private final int target;
    private final SeededRandom random;
    private int places;

    private Hostility(int target, long seed) {
        this.target = target;
        this.random = new SeededRandom(seed);
    }

    static Hostility none() {
        return new Hostility(NOWHERE, 0);
    }

    static Hostility at(int place, long seed) {
        return new Hostility(place, seed);
    }

    /// Places that were passed.
    int places() {
        return places;
    }

    /// How often the first element of a list comes again.
    int more() {
        return isHere() && random.chance(30) ? REPETITIONS : 0;
    }

    boolean writesLength(DataOutputStream out, int length, boolean isString, boolean flexible) throws IOException {
        if (!isHere()) {
            return false;
        }
        int wrong = switch (random.nextInt(4)) {
            case 0 -> length + 1;
            case 1 -> length - 1;
            default -> LENGTHS[random.nextInt(LENGTHS.length)];
        };
        boolean compact = flexible != random.chance(10);
        if (compact) {
            writeVarint(out, length, wrong);
        } else if (isString) {
            out.writeShort(wrong);
        } else {
            out.writeInt(wrong);
        }
        return true;
    }

    void writePresence(DataOutputStream out, int presence) throws IOException {
        out.writeByte(isHere() ? random.nextInt(256) : presence);
    }

    boolean writesTags(DataOutputStream out, Map<Integer, byte[]> tagged) throws IOException {
        if (!isHere()) {
            return false;
        }
        switch (random.nextInt(6)) {
            case 0 -> writeUnknown(out, 65 + random.nextInt(200), 1, 0);
            case 1 -> writeUnknown(out, 1 + random.nextInt(64), 1, 1 << random.nextInt(10));
            case 2 -> writeUnknown(out, 2, 0, 3);
            case 3 -> writeUnknown(out, 3, -1, 3);
            case 4 -> writeVarint(out, tagged.size() - 1, LENGTHS[random.nextInt(LENGTHS.length)]);
            default -> {
                RandomMessageBytes.writeUnsignedVarint(out, tagged.size());
                for (Map.Entry<Integer, byte[]> field : tagged.entrySet()) {
                    RandomMessageBytes.writeUnsignedVarint(out, field.getKey());
                    writeVarint(out, field.getValue().length - 1, field.getValue().length - 3 + random.nextInt(4));
                    out.write(field.getValue());
                }
            }
        }
        return true;
    }

    private static void writeUnknown(DataOutputStream out, int count, int step, int bytes) throws IOException {
        RandomMessageBytes.writeUnsignedVarint(out, count);
        for (int i = 0; i < count; i++) {
            RandomMessageBytes.writeUnsignedVarint(out, 1_000 + i * step);
            RandomMessageBytes.writeUnsignedVarint(out, bytes);
            out.write(new byte[bytes]);
        }
    }

    /// One of: the wrong value, the right one with needless bytes, and values beyond 32 and 64 bits. A length is
    /// coded as one more than itself.
    private void writeVarint(DataOutputStream out, int right, int wrong) throws IOException {
        int shape = random.nextInt(8);
        if (shape == 0) {
            out.writeByte(((right + 1) & 0x7F) | 0x80);
            out.writeByte((((right + 1) >>> 7) & 0x7F) | 0x80);
            out.writeByte(0);
        } else if (shape == 1) {
            int bytes = 4 + random.nextInt(8);
            for (int i = 0; i < bytes; i++) {
                out.writeByte(0xFF);
            }
            out.writeByte(random.nextInt(0x80));
        } else {
            writeAnyVarint(out, wrong + 1);
        }
    }

    private static void writeAnyVarint(DataOutputStream out, int value) throws IOException {
        int left = value;
        while ((left & ~0x7F) != 0) {
            out.writeByte((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.writeByte(left);
    }

    private boolean isHere() {
        return places++ == target;
    }
}
