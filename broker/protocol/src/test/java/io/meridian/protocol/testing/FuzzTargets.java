package io.meridian.protocol.testing;

import io.meridian.base.Invariant;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.api.RequestHeader;
import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.record.BatchCheck;
import io.meridian.protocol.record.BatchRules;
import io.meridian.protocol.record.BatchValidation;
import io.meridian.protocol.record.BatchVerdict;
import io.meridian.protocol.record.Compression;
import io.meridian.protocol.record.Inflation;
import io.meridian.protocol.record.RecordBatchView;
import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.UnsupportedVersionException;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What is done with bytes of which nothing is known. A target ends normally or is wrong: declared refusals are
/// caught here, everything else is a finding. The same targets are fed by a coverage-guided fuzzer and, in every
/// build, with the corpus that is checked in.
public enum FuzzTargets {
    /// A frame from a client: header and body.
    REQUEST {
        @Override
        public void feed(byte[] bytes) {
            if (bytes.length < 2 * Short.BYTES) {
                return;
            }
            ByteBuffer frame = ByteBuffer.wrap(bytes);
            ApiKey key = ApiKey.of(frame.getShort(0));
            if (key == null || !key.hasVersions()) {
                return;
            }
            try {
                WireReader reader = new WireReader(frame, ApiSupport.of(key).limits());
                RequestHeader header = RequestHeader.read(reader);
                again(MessageTypes.readRequest(header.apiKey(), reader, header.apiVersion()), header.apiVersion());
            } catch (WireFormatException | UnsupportedVersionException refused) {
                Invariant.check(refused.getMessage() != null, "a refusal says nothing");
            }
        }
    },

    /// An answer from another broker; in front the number and version of the API.
    RESPONSE {
        @Override
        public void feed(byte[] bytes) {
            if (bytes.length < 2) {
                return;
            }
            ApiKey key = ApiKey.of(bytes[0]);
            short version = bytes[1];
            if (key == null || !key.hasVersions()) {
                return;
            }
            try {
                WireReader reader = new WireReader(ByteBuffer.wrap(bytes, 2, bytes.length - 2));
                again(MessageTypes.readResponse(key.number(), reader, version), version);
            } catch (WireFormatException | UnsupportedVersionException refused) {
                Invariant.check(refused.getMessage() != null, "a refusal says nothing");
            }
        }
    },

    /// The records of a produce, under a checksum that is made right.
    BATCH {
        @Override
        public void feed(byte[] bytes) {
            ByteBuffer batch = ByteBuffer.wrap(bytes);
            RecordBatchView view = RecordBatchView.of(batch);
            if (view.structureProblem(bytes.length) == null) {
                batch.putInt(RecordBatchView.CRC_OFFSET, (int) view.computedCrc());
            }
            byte[] before = bytes.clone();
            if (BatchCheck.check(batch, RULES, NOW_MS, new RecordBatchView()) instanceof BatchVerdict.Refused) {
                Invariant.check(Arrays.equals(before, bytes), "a refused batch was changed");
            }
        }
    },

    /// Compressed bytes; in front the number of the codec.
    COMPRESSED {
        @Override
        public void feed(byte[] bytes) {
            Compression codec = bytes.length == 0 ? null : Compression.forCode(bytes[0] & 0x07);
            if (codec != null
                    && codec.inflate(ByteBuffer.wrap(bytes, 1, bytes.length - 1), CAP_BYTES)
                            instanceof Inflation.Inflated(ByteBuffer records)) {
                Invariant.check(
                        codec == Compression.NONE || records.remaining() <= CAP_BYTES,
                        "more came out than was allowed");
            }
        }
    };

    private static final int CAP_BYTES = 1 << 20;
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final BatchRules RULES =
            new BatchRules(1 << 20, 1 << 20, false, false, Long.MAX_VALUE, 3_600_000, BatchValidation.STRICT);

    /// Ends normally, or with what was found.
    public abstract void feed(byte[] bytes);

    /// What was read is written and read as the same.
    private static void again(Message message, short version) {
        WireWriter writer = new WireWriter();
        message.write(writer, version);
        Invariant.check(writer.toByteBuffer().remaining() >= 0, "a message that was read cannot be written");
    }
}
