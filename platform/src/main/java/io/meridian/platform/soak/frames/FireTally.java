package io.meridian.platform.soak.frames;

import java.util.concurrent.TimeUnit;

/// What became of the frames that a [LoneEngine] received. Confined to its thread.
final class FireTally {
    long requests;
    long malformed;
    long unanswered;
    long closed;
    long inexpressible;
    private long answers;
    private long answerBytesMax;
    private long turnNsMax;
    private String slowest = "nothing";

    void answered(long bytes) {
        answers++;
        answerBytesMax = Math.max(answerBytesMax, bytes);
    }

    /// @param frame what the turn was about; empty when it was not about a frame
    void turn(long cpuNs, byte[] frame) {
        if (cpuNs > turnNsMax) {
            turnNsMax = cpuNs;
            slowest = frame.length < Integer.BYTES
                    ? "a job or a deadline"
                    : "API " + ((frame[0] << Byte.SIZE) | (frame[1] & 0xFF)) + " version "
                            + ((frame[2] << Byte.SIZE) | (frame[3] & 0xFF)) + " of " + frame.length + " bytes";
        }
    }

    long turnMsMax() {
        return TimeUnit.NANOSECONDS.toMillis(turnNsMax);
    }

    String text() {
        return requests + " were requests, " + malformed + " were not; " + answers + " answered (largest "
                + answerBytesMax + " bytes), " + closed + " closed, " + unanswered + " without answer, " + inexpressible
                + " that the version cannot say; longest turn " + turnMsMax() + " ms: " + slowest;
    }
}
