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

    private final MockTicker ticker = Ticker.newMockTicker();
    private final RecordingSink sink = new RecordingSink();
    private final ByteBudget budget = new ByteBudget(BUDGET_BYTES);
    private final FrameDecoder decoder = decoder(sink);
    private final EmbeddedChannel channel = channel(decoder);

    private FrameDecoder decoder(RecordingSink of) {
        return new FrameDecoder(
                new FrameSettings(FrameSettings.REQUEST_HEADER_BYTES_MIN, FRAME_TIMEOUT_MS, IDLE_TIMEOUT_MS),
                budget,
                of);
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
        channel.writeInbound(Unpooled.copiedBuffer(framed(body(100)), 0, 50));
        advance(FRAME_TIMEOUT_MS - 1);
        assertThat(sink.drops).isEmpty();
        advance(1);
        assertDropped(DropReason.SLOW);
    }

    @Test
    void aTrickleOfBytesDoesNotExtendTheTime() {
        byte[] wire = framed(body(100));
        channel.writeInbound(Unpooled.copiedBuffer(wire, 0, 10));
        advance(FRAME_TIMEOUT_MS / 2);
        channel.writeInbound(Unpooled.copiedBuffer(wire, 10, 10));
        advance(FRAME_TIMEOUT_MS / 2);
        assertDropped(DropReason.SLOW);
    }

    @Test
    void everyFrameHasItsOwnTime() {
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
