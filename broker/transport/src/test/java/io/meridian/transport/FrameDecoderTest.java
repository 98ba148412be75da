package io.meridian.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final int BUDGET_BYTES = 4_000;
    private static final long FRAME_TIMEOUT_MS = 30_000;
    private static final long IDLE_TIMEOUT_MS = 600_000;
    private static final long SETUP_TIMEOUT_MS = 10_000;
    private static final long UNSENT_TIMEOUT_MS = 60_000;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final RecordingSink sink = new RecordingSink();
    private final ByteBudget budget = new ByteBudget(BUDGET_BYTES);
    private final FrameDecoder decoder = decoder(sink);
    private final EmbeddedChannel channel = channel(decoder);

    private FrameDecoder decoder(RecordingSink of) {
        return decoder(of, budget);
    }

    private static FrameDecoder decoder(RecordingSink of, ByteBudget from) {
        FrameSettings settings = new FrameSettings(
                FrameSettings.REQUEST_HEADER_BYTES_MIN,
                SETUP_TIMEOUT_MS,
                FRAME_TIMEOUT_MS,
                IDLE_TIMEOUT_MS,
                UNSENT_TIMEOUT_MS);
        return new FrameDecoder(settings, from, of);
    }

    private EmbeddedChannel channel(FrameDecoder of) {
        return EmbeddedChannel.builder().ticker(ticker).handlers(of).build();
    }

    @AfterEach
    void everythingIsGivenBack() {
        sink.releaseAll();
        channel.finishAndReleaseAll();
        assertThat(budget.usedBytes()).isZero();
        assertThat(budget.waiting()).isZero();
        assertThat(sink.closed).isEqualTo(1);
    }

    @Test
    void aFrameSplitAnywhereIsWhole() {
        byte[] body = body(40);
        byte[] wire = framed(body);
        for (int cut = 1; cut < wire.length; cut++) {
            channel.writeInbound(Unpooled.copiedBuffer(wire, 0, cut));
            channel.writeInbound(Unpooled.copiedBuffer(wire, cut, wire.length - cut));
        }
        assertThat(sink.contents())
                .hasSize(wire.length - 1)
                .allSatisfy(frame -> assertThat(frame).isEqualTo(body));
    }

    @Test
    void whatIsMissingOfAFrameIsReadIntoTheFrame() {
        SeededRandom random = new SeededRandom(11);
        List<byte[]> received = new ArrayList<>();
        List<byte[]> bodies = new ArrayList<>();
        ByteBuf wire = Unpooled.buffer();
        for (int frame = 0; frame < 200; frame++) {
            byte[] body = body(20 + random.nextInt(600));
            bodies.add(body);
            wire.writeBytes(framed(body));
        }
        int intoFrames = 0;
        while (wire.isReadable()) {
            ByteBuf rest = decoder.receiveBuffer();
            ByteBuf target = rest == null ? Unpooled.buffer() : rest;
            int room = rest == null ? Integer.MAX_VALUE : rest.writableBytes();
            int count = Math.min(Math.min(1 + random.nextInt(300), room), wire.readableBytes());
            target.writeBytes(wire, count);
            intoFrames += rest == null ? 0 : count;
            channel.writeInbound(target);
            received.addAll(sink.contents());
            sink.releaseAll();
        }
        assertThat(received).containsExactlyElementsOf(bodies);
        assertThat(intoFrames).isGreaterThan(wire.writerIndex() / 4);
        wire.release();
    }

    @Test
    void aConnectionThatEndsWhileAFrameIsReceivedGivesItBack() {
        channel.writeInbound(Unpooled.copiedBuffer(framed(body(300)), 0, 50));
        ByteBuf rest = decoder.receiveBuffer();
        assertThat(rest).isNotNull();
        ChannelHandlerContext context = channel.pipeline().context(decoder);
        channel.close();
        decoder.channelRead(context, rest.writeZero(100));
        assertThat(rest.refCnt()).isZero();
    }

    @Test
    void aFrameArrivingByteByByteIsWhole() {
        byte[] body = body(300);
        for (byte value : framed(body)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {value}));
        }
        assertThat(sink.contents()).containsExactly(body);
    }

    @Test
    void framesOfOneReadComeInOrder() {
        List<byte[]> bodies = List.of(body(8), body(1_000), body(9), body(200));
        channel.writeInbound(joined(bodies));
        assertThat(sink.contents()).containsExactlyElementsOf(bodies);
    }

    @Test
    void framesSurviveAnyCutting() {
        SeededRandom random = new SeededRandom(11);
        for (int round = 0; round < 200; round++) {
            List<byte[]> bodies = new ArrayList<>();
            for (int count = random.nextInt(1, 8); count > 0; count--) {
                bodies.add(body(random.nextInt(8, 400)));
            }
            ByteBuf wire = joined(bodies);
            while (wire.isReadable()) {
                channel.writeInbound(wire.readBytes(random.nextInt(1, wire.readableBytes() + 1)));
            }
            wire.release();
            assertThat(sink.contents()).containsExactlyElementsOf(bodies);
            sink.releaseAll();
        }
    }

    @Test
    void aLargeShareOfAReadIsASliceOfIt() {
        ByteBuf read = joined(List.of(body(500)));
        channel.writeInbound(read);
        assertThat(read.refCnt()).isEqualTo(1);
        sink.releaseAll();
        assertThat(read.refCnt()).isZero();
    }

    @Test
    void aSmallShareOfAReadDoesNotKeepIt() {
        ByteBuf read = Unpooled.buffer(4_096).writeBytes(framed(body(20)));
        channel.writeInbound(read);
        assertThat(sink.frames).hasSize(1);
        assertThat(read.refCnt()).isZero();
    }

    @Test
    void aNegativeLengthEndsTheConnection() {
        channel.writeInbound(Unpooled.buffer().writeInt(-1));
        assertDropped(DropReason.NEGATIVE_LENGTH);
    }

    @Test
    void aLengthBelowAHeaderEndsTheConnection() {
        channel.writeInbound(Unpooled.buffer().writeInt(7));
        assertDropped(DropReason.TOO_SHORT);
    }

    @Test
    void aLengthAboveTheLimitOfItsApiEndsTheConnection() {
        sink.frameBytesMax = 1_000;
        channel.writeInbound(Unpooled.buffer().writeInt(1_001).writeShort(3));
        assertDropped(DropReason.TOO_LONG);
    }

    @Test
    void aLengthAboveTheWholeBudgetEndsTheConnectionBeforeItsApiIsKnown() {
        channel.writeInbound(Unpooled.buffer().writeInt(BUDGET_BYTES + 1));
        assertDropped(DropReason.TOO_LONG);
    }

    @Test
    void framesBeforeABrokenOneAreDelivered() {
        channel.writeInbound(Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(framed(body(30))), Unpooled.buffer().writeInt(-5)));
        assertThat(sink.frames).hasSize(1);
        assertDropped(DropReason.NEGATIVE_LENGTH);
    }

    @Test
    void aFrameNotCompleteInTimeEndsTheConnection() {
        begin();
        channel.writeInbound(Unpooled.copiedBuffer(framed(body(100)), 0, 50));
        advance(FRAME_TIMEOUT_MS - 1);
        assertThat(sink.drops).isEmpty();
        advance(1);
        assertDropped(DropReason.SLOW);
    }

    @Test
    void aTrickleOfBytesDoesNotExtendTheTime() {
        begin();
        byte[] wire = framed(body(100));
        channel.writeInbound(Unpooled.copiedBuffer(wire, 0, 10));
        advance(FRAME_TIMEOUT_MS / 2);
        channel.writeInbound(Unpooled.copiedBuffer(wire, 10, 10));
        advance(FRAME_TIMEOUT_MS / 2);
        assertDropped(DropReason.SLOW);
    }

    @Test
    void everyFrameHasItsOwnTime() {
        begin();
        byte[] wire = framed(body(100));
        for (int round = 0; round < 5; round++) {
            channel.writeInbound(Unpooled.copiedBuffer(wire, 0, 50));
            advance(FRAME_TIMEOUT_MS - 1);
            channel.writeInbound(Unpooled.copiedBuffer(wire, 50, wire.length - 50));
        }
        assertThat(sink.frames).hasSize(5);
        assertThat(sink.drops).isEmpty();
    }

    @Test
    void silenceEndsTheConnection() {
        channel.writeInbound(Unpooled.wrappedBuffer(framed(body(10))));
        advance(IDLE_TIMEOUT_MS - 1);
        assertThat(sink.drops).isEmpty();
        advance(1);
        assertDropped(DropReason.IDLE);
    }

    @Test
    void silenceWithARequestInWorkIsNotIdleness() {
        sink.busy = true;
        advance(IDLE_TIMEOUT_MS);
        advance(IDLE_TIMEOUT_MS);
        assertThat(sink.drops).isEmpty();
    }

    @Test
    void readingStopsUntilTheBudgetHasRoom() {
        channel.writeInbound(Unpooled.wrappedBuffer(framed(body(3_000))));
        channel.writeInbound(Unpooled.wrappedBuffer(framed(body(2_000))));
        assertThat(sink.frames).hasSize(1);
        assertThat(channel.config().isAutoRead()).isFalse();

        sink.frames.removeFirst().release();
        channel.runPendingTasks();

        assertThat(sink.contents()).containsExactly(body(2_000));
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void timeSpentWaitingForTheBudgetIsNotTheSenders() {
        ByteBudget.Reservation others = budget.reserve(BUDGET_BYTES, () -> {});
        channel.writeInbound(Unpooled.copiedBuffer(framed(body(100)), 0, 50));
        advance(2 * FRAME_TIMEOUT_MS);
        assertThat(sink.drops).isEmpty();

        others.release();
        channel.runPendingTasks();
        advance(FRAME_TIMEOUT_MS);
        assertDropped(DropReason.SLOW);
    }

    @Test
    void aConnectionThatEndsWhileWaitingLeavesTheQueue() {
        ByteBudget.Reservation others = budget.reserve(BUDGET_BYTES, () -> {});
        channel.writeInbound(Unpooled.wrappedBuffer(framed(body(100))));
        assertThat(budget.waiting()).isEqualTo(1);
        channel.close().syncUninterruptibly();
        assertThat(budget.waiting()).isZero();
        others.release();
        channel.runPendingTasks();
        assertThat(sink.frames).isEmpty();
    }

    @Test
    void readingStopsUntilTheSinkAdmits() {
        sink.admitting = false;
        channel.writeInbound(Unpooled.wrappedBuffer(framed(body(100))));
        assertThat(sink.frames).isEmpty();
        assertThat(budget.usedBytes()).isZero();
        assertThat(channel.config().isAutoRead()).isFalse();

        sink.admitting = true;
        channel.pipeline().get(FrameDecoder.class).resume();

        assertThat(sink.frames).hasSize(1);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void aHalfFrameIsGivenBackWithTheConnection() {
        channel.writeInbound(Unpooled.copiedBuffer(framed(body(100)), 0, 50));
        assertThat(budget.usedBytes()).isEqualTo(100);
        channel.close().syncUninterruptibly();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void whoSendsNothingAtFirstIsDroppedSoon() {
        advance(SETUP_TIMEOUT_MS - 1);
        assertThat(sink.drops).isEmpty();
        advance(1);
        assertDropped(DropReason.SETUP);
    }

    @Test
    void aTrickleDoesNotExtendTheTimeForTheFirstFrame() {
        byte[] wire = framed(body(100));
        for (int second = 0; second < SETUP_TIMEOUT_MS / 1_000; second++) {
            channel.writeInbound(Unpooled.copiedBuffer(wire, second, 1));
            advance(1_000);
        }
        assertDropped(DropReason.SETUP);
    }

    @Test
    void whoWaitsForMemoryWithItsFirstFrameIsNotDropped() {
        ByteBudget.Reservation others = budget.reserve(BUDGET_BYTES, () -> {});
        channel.writeInbound(Unpooled.wrappedBuffer(framed(body(100))));
        advance(3 * SETUP_TIMEOUT_MS);
        assertThat(sink.drops).isEmpty();
        others.release();
        channel.runPendingTasks();
        assertThat(sink.frames).hasSize(1);
    }

    @Test
    void aSlowFrameIsDroppedWhenOthersWaitForItsMemory() {
        channel.writeInbound(Unpooled.wrappedBuffer(framed(body(8))));
        channel.writeInbound(Unpooled.copiedBuffer(framed(body(3_000)), 0, 10));
        advance(1_000);
        assertThat(sink.drops).isEmpty();

        budget.reserve(2_000, () -> {}).release();
        ByteBudget.Reservation other = budget.reserve(2_000, () -> {});
        assertThat(other.isGranted()).isFalse();
        advance(500);

        assertThat(sink.drops).containsExactly(DropReason.SLOW);
        assertThat(other.isGranted()).isTrue();
        other.release();
    }

    @Test
    void aFrameAtItsPaceIsNotDroppedWhenOthersWaitForItsMemory() {
        byte[] wire = framed(body(3_000));
        channel.writeInbound(Unpooled.copiedBuffer(wire, 0, 304));
        ByteBudget.Reservation other = budget.reserve(2_000, () -> {});
        for (int second = 1; second < 10; second++) {
            advance(900);
            channel.writeInbound(Unpooled.copiedBuffer(wire, 204 + 100 * second, 100));
        }
        assertThat(sink.drops).isEmpty();
        other.release();
    }

    @Test
    void aLongFrameIsBelievedWhenItsBeginningHasCome() {
        ByteBudget large = new ByteBudget(8_000_000);
        RecordingSink own = new RecordingSink();
        own.frameBytesMax = 4_000_000;
        EmbeddedChannel other = channel(decoder(own, large));
        byte[] body = body(2 * FrameDecoder.TRUSTED_BYTES);
        byte[] wire = framed(body);

        other.writeInbound(Unpooled.copiedBuffer(wire, 0, 100));
        assertThat(large.usedBytes()).isEqualTo(FrameDecoder.PROOF_BYTES);
        other.writeInbound(Unpooled.copiedBuffer(wire, 100, FrameDecoder.PROOF_BYTES));
        assertThat(large.usedBytes()).isEqualTo(body.length);
        int sent = 100 + FrameDecoder.PROOF_BYTES;
        other.writeInbound(Unpooled.copiedBuffer(wire, sent, wire.length - sent));

        assertThat(own.contents()).containsExactly(body);
        own.releaseAll();
        assertThat(large.usedBytes()).isZero();
        other.finishAndReleaseAll();
    }

    @Test
    void whoWaitsForTheRestOfALongFrameHoldsNothing() {
        ByteBudget large = new ByteBudget(4_000_000);
        ByteBudget.Reservation others = large.reserve(3_900_000, () -> {});
        RecordingSink own = new RecordingSink();
        own.frameBytesMax = 4_000_000;
        EmbeddedChannel other = channel(decoder(own, large));
        byte[] body = body(2 * FrameDecoder.TRUSTED_BYTES);
        byte[] wire = framed(body);

        other.writeInbound(Unpooled.copiedBuffer(wire, 0, 2 * FrameDecoder.PROOF_BYTES));
        assertThat(large.usedBytes()).isEqualTo(3_900_000);
        assertThat(large.waiting()).isEqualTo(1);
        assertThat(other.config().isAutoRead()).isFalse();
        others.release();
        other.runPendingTasks();
        int sent = 2 * FrameDecoder.PROOF_BYTES;
        other.writeInbound(Unpooled.copiedBuffer(wire, sent, wire.length - sent));

        assertThat(own.contents()).containsExactly(body);
        own.releaseAll();
        other.finishAndReleaseAll();
    }

    /// The first frame is over, so that the time for it is no longer what counts.
    private void begin() {
        channel.writeInbound(Unpooled.wrappedBuffer(framed(body(8))));
        sink.releaseAll();
    }

    private void assertDropped(DropReason reason) {
        assertThat(sink.drops).containsExactly(reason);
        assertThat(channel.isOpen()).isFalse();
        assertThat(sink.closed).isEqualTo(1);
    }

    private void advance(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private static ByteBuf joined(List<byte[]> bodies) {
        ByteBuf joined = Unpooled.buffer(1);
        bodies.forEach(body -> joined.writeBytes(framed(body)));
        return joined;
    }

    private static byte[] framed(byte[] body) {
        ByteBuf framed = Unpooled.buffer().writeInt(body.length).writeBytes(body);
        byte[] bytes = new byte[framed.readableBytes()];
        framed.readBytes(bytes);
        return bytes;
    }

    private static byte[] body(int size) {
        byte[] body = new byte[size];
        for (int index = 0; index < size; index++) {
            body[index] = (byte) (index * 31 + size);
        }
        return body;
    }
}
