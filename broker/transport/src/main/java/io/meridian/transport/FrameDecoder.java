package io.meridian.transport;

import io.meridian.base.Invariant;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts what a socket delivers into frames. Consumes every read: handlers behind it see none.
///
/// ```
/// HEAD (length and the first two bytes) -> WAITING (to be admitted, then for budget) -> BODY -> HEAD
/// ```
/// Nothing is allocated for a frame before the sink has admitted it and its bytes are reserved. While it waits
/// nothing is read from the socket; what one read had already delivered is kept, which is at most a read
/// buffer. A long frame is reserved for in two steps: a few bytes, and when these have come, all of it.
///
/// A frame that lies within one read is a slice of the read buffer if it makes up at least an eighth of it, so
/// that a small frame in work for long does not keep a large buffer. Every other frame has one buffer of its exact
/// size: what was read before its length was known is copied there, what is missing is read from the socket into
/// it, see [FrameReceiveAllocator].
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(FrameDecoder.class);
    private static final int LENGTH_BYTES = 4;
    private static final int KEY_BYTES = 2;
    private static final int HEAD_BYTES = LENGTH_BYTES + KEY_BYTES;
    private static final int SLICE_SHARE = 8;

    /// Frames up to this are believed to come: they are what most requests are.
    public static final int TRUSTED_BYTES = 1024 * 1024 + 64 * 1024;

    /// Of a longer frame so much must have come before memory is taken for the rest.
    static final int PROOF_BYTES = 64 * 1024;

    private enum State {
        HEAD,
        WAITING,
        BODY,
        CLOSED
    }

    private final FrameSettings settings;
    private final ByteBudget budget;
    private final FrameSink sink;
    private final ArrayDeque<ByteBuf> unread = new ArrayDeque<>();

    private State state = State.HEAD;
    private boolean decoding;
    private boolean closeReported;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ConnectionDeadlines deadlines;

    private int headCount;
    private long head;
    private boolean keyInFirstUnread;
    private int length;
    private ByteBudget.@Nullable Reservation reservation;
    private @Nullable ByteBuf body;

    /// The rest of `body` while the socket may be reading into it.
    private @Nullable ByteBuf receiving;

    public FrameDecoder(FrameSettings settings, ByteBudget budget, FrameSink sink) {
        this.settings = settings;
        this.budget = budget;
        this.sink = sink;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        deadlines = new ConnectionDeadlines(ctx.executor(), settings, new ConnectionDeadlines.Listener() {
            @Override
            public boolean isBusy() {
                return state == State.WAITING || sink.isBusy();
            }

            @Override
            public boolean isInTheWay(long elapsedNs) {
                return isMemoryShort() && body != null && isBehind(body.readableBytes(), elapsedNs);
            }

            @Override
            public boolean isMemoryShort() {
                return budget.isShort();
            }

            @Override
            public Unsent unsent() {
                return Unsent.of(ctx.channel());
            }

            @Override
            public void onLate(DropReason reason, String detail) {
                drop(reason, detail);
            }
        });
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Which buffer it is counts, not what it holds.
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (state == State.CLOSED || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        if (message == receiving) {
            takeReceived(bytes);
        } else {
            unread.add(bytes);
        }
        decode();
        if (state != State.CLOSED) {
            deadlines().onBytes(isFrameIncomplete());
        }
    }

    /// Where the socket is to put what it reads next: the missing bytes of the frame being read, for the reader to
    /// release. Null when no frame is begun, or its length is not known.
    @Nullable
    ByteBuf receiveBuffer() {
        ByteBuf target = body;
        if (state != State.BODY || target == null) {
            return null;
        }
        receiving = target.retainedSlice(target.writerIndex(), target.writableBytes())
                .clear();
        return receiving;
    }

    private void takeReceived(ByteBuf bytes) {
        ByteBuf target = Invariant.present(body, "bytes were received for a frame that is gone");
        target.writerIndex(target.writerIndex() + bytes.readableBytes());
        receiving = null;
        bytes.release();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        onRoom();
        ctx.fireChannelWritabilityChanged();
    }

    /// The pace at which a frame ends just in time.
    private boolean isBehind(long receivedBytes, long elapsedNs) {
        return (double) receivedBytes / length
                < (double) elapsedNs / TimeUnit.MILLISECONDS.toNanos(settings.frameTimeoutMs());
    }

    /// What was written has been handed to the system, as far as it takes it.
    void onFlushed() {
        ChannelOutboundBuffer buffer = channelContext().channel().unsafe().outboundBuffer();
        if (buffer != null && !buffer.isEmpty() && state != State.CLOSED) {
            deadlines().onUnsent();
        }
    }

    /// Tells the sink that what it may write has changed.
    void onRoom() {
        if (state != State.CLOSED) {
            sink.onWritabilityChanged();
        }
    }

    /// A connection whose peer reset it, or whose write failed, is of no further use; anything else is a
    /// mistake of ours that costs this connection alone.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Error) {
            sink.onBroken(cause);
        }
        if (!(cause instanceof IOException)) {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("peer", ctx.channel().remoteAddress())
                    .log("connection closed after an unexpected failure; report it");
        }
        close(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        reportClosed();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        reportClosed();
    }

    /// Reads on if a refusal of [FrameSink#admits] was what stopped it. On the event loop only.
    public void resume() {
        if (state == State.WAITING && reservation == null && body == null) {
            decode();
        }
    }

    private void onGranted() {
        Invariant.present(context, "a budget was granted before the handler was added")
                .executor()
                .execute(this::decode);
    }

    private void decode() {
        if (decoding) {
            return;
        }
        decoding = true;
        try {
            boolean progress = true;
            while (progress) {
                progress = switch (state) {
                    case HEAD -> readHead();
                    case WAITING -> beginBody();
                    case BODY -> readBody();
                    case CLOSED -> false;
                };
            }
        } catch (Error broken) {
            sink.onBroken(broken);
            throw broken;
        } finally {
            decoding = false;
        }
        if (state != State.CLOSED) {
            setReading(state != State.WAITING);
        }
    }

    private boolean readHead() {
        ByteBuf bytes = firstUnread();
        if (bytes == null) {
            return false;
        }
        int taken = 0;
        while (headCount < HEAD_BYTES && bytes.isReadable()) {
            head = head << Byte.SIZE | bytes.readUnsignedByte();
            headCount++;
            taken++;
            if (headCount == LENGTH_BYTES && !acceptsLength((int) head)) {
                return false;
            }
        }
        if (headCount < HEAD_BYTES) {
            return true;
        }
        keyInFirstUnread = taken >= KEY_BYTES;
        int bytesMax = sink.frameBytesMax(apiKey());
        if (length > bytesMax) {
            drop(DropReason.TOO_LONG, "a frame of API " + apiKey() + " has " + length + " bytes, allowed " + bytesMax);
            return false;
        }
        state = State.WAITING;
        return true;
    }

    private boolean acceptsLength(int announced) {
        if (announced < 0) {
            drop(DropReason.NEGATIVE_LENGTH, "a frame has the length " + announced);
            return false;
        }
        if (announced < settings.frameBytesMin()) {
            drop(
                    DropReason.TOO_SHORT,
                    "a frame has " + announced + " bytes, at least " + settings.frameBytesMin() + " expected");
            return false;
        }
        if (announced > budget.largestBytes()) {
            drop(DropReason.TOO_LONG, "a frame has " + announced + " bytes, allowed " + budget.largestBytes());
            return false;
        }
        length = announced;
        return true;
    }

    private boolean beginBody() {
        if (reservation == null) {
            if (!sink.admits(length)) {
                return false;
            }
            reservation = budget.reserve(isTrusted() ? memoryBytes() : PROOF_BYTES, this::onGranted);
        }
        if (!reservation.isGranted()) {
            return false;
        }
        if (body != null) {
            body.capacity(length);
            state = State.BODY;
            return true;
        }
        ByteBuf bytes = unread.peekFirst();
        if (bytes != null && isTrusted() && keyInFirstUnread && isWorthSlicing(bytes)) {
            int start = bytes.readerIndex() - KEY_BYTES;
            bytes.readerIndex(start);
            complete(bytes.readRetainedSlice(length));
        } else {
            int first = isTrusted() ? length : PROOF_BYTES;
            body = channelContext().alloc().directBuffer(first, length).writeShort(apiKey());
            state = State.BODY;
        }
        return true;
    }

    private long memoryBytes() {
        return Math.min(sink.memoryBytes(apiKey(), length), budget.largestBytes());
    }

    private boolean isTrusted() {
        return length <= TRUSTED_BYTES;
    }

    private boolean isWorthSlicing(ByteBuf bytes) {
        return bytes.readableBytes() >= length - KEY_BYTES && (long) length * SLICE_SHARE >= bytes.capacity();
    }

    private boolean readBody() {
        ByteBuf target = Invariant.present(body, "a body is read without its buffer");
        if (target.isWritable()) {
            ByteBuf bytes = firstUnread();
            if (bytes == null) {
                return false;
            }
            target.writeBytes(bytes, Math.min(bytes.readableBytes(), target.writableBytes()));
        }
        if (target.isWritable()) {
            return true;
        }
        if (target.capacity() < length) {
            askForTheRest();
        } else {
            body = null;
            complete(target);
        }
        return true;
    }

    /// What proved that the frame is on its way is given back first: who waits must not hold what others wait for.
    private void askForTheRest() {
        Invariant.present(reservation, "a frame is read without its budget").release();
        reservation = budget.reserve(memoryBytes(), this::onGranted);
        state = State.WAITING;
    }

    private void complete(ByteBuf content) {
        Frame frame = new Frame(content, Invariant.present(reservation, "a frame is complete without its budget"));
        reservation = null;
        head = 0;
        headCount = 0;
        state = State.HEAD;
        deadlines().onFrameComplete();
        sink.onFrame(frame);
    }

    private short apiKey() {
        return (short) head;
    }

    /// The oldest bytes not decoded yet, null when there are none. Gives back buffers that were used up.
    private @Nullable ByteBuf firstUnread() {
        ByteBuf first = unread.peekFirst();
        while (first != null && !first.isReadable()) {
            unread.removeFirst().release();
            first = unread.peekFirst();
        }
        return first;
    }

    private boolean isFrameIncomplete() {
        return state == State.BODY || (state == State.HEAD && headCount > 0);
    }

    private void setReading(boolean reading) {
        if (channelContext().channel().config().isAutoRead() != reading) {
            channelContext().channel().config().setAutoRead(reading);
            if (reading) {
                deadlines().onBytes(isFrameIncomplete());
            }
        }
    }

    private void drop(DropReason reason, String detail) {
        release();
        sink.onDrop(reason, detail);
        close(channelContext());
    }

    /// The outcome shows as [#channelInactive].
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void close(ChannelHandlerContext ctx) {
        ctx.close();
    }

    private void reportClosed() {
        release();
        if (!closeReported) {
            closeReported = true;
            sink.onClosed();
        }
    }

    private void release() {
        state = State.CLOSED;
        deadlines().cancel();
        while (!unread.isEmpty()) {
            unread.removeFirst().release();
        }
        if (body != null) {
            body.release();
            body = null;
            receiving = null;
        }
        if (reservation != null) {
            reservation.release();
            reservation = null;
        }
    }

    private ChannelHandlerContext channelContext() {
        return Invariant.present(context, "the decoder is not in a pipeline");
    }

    private ConnectionDeadlines deadlines() {
        return Invariant.present(deadlines, "the decoder is not in a pipeline");
    }
}
