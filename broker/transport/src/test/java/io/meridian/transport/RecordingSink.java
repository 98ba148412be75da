package io.meridian.transport;

import java.util.ArrayList;
import java.util.List;

/// A sink that keeps what it is given and admits what it is told to.
final class RecordingSink implements FrameSink {
    final List<Frame> frames = new ArrayList<>();
    final List<DropReason> drops = new ArrayList<>();
    int frameBytesMax = 1 << 20;
    boolean admitting = true;
    boolean busy;
    int closed;

    @Override
    public int frameBytesMax(short apiKey) {
        return frameBytesMax;
    }

    @Override
    public boolean admits(int frameBytes) {
        return admitting;
    }

    @Override
    public void onFrame(Frame frame) {
        frames.add(frame);
    }

    @Override
    public boolean isBusy() {
        return busy;
    }

    @Override
    public void onDrop(DropReason reason, String detail) {
        drops.add(reason);
    }

    @Override
    public void onBroken(Throwable failure) {
        throw new AssertionError("something broke", failure);
    }

    @Override
    public void onWritabilityChanged() {}

    @Override
    public void onClosed() {
        closed++;
    }

    List<byte[]> contents() {
        return frames.stream()
                .map(frame -> {
                    byte[] bytes = new byte[frame.sizeBytes()];
                    frame.bytes().get(bytes);
                    return bytes;
                })
                .toList();
    }

    void releaseAll() {
        frames.forEach(Frame::release);
        frames.clear();
    }
}
