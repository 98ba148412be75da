package io.meridian.protocol.wire;

/// Bytes from outside that are not what the protocol says they are.
///
/// Expected at the edge and therefore cheap: it carries no stack trace. The message names the field, the offset in
/// the frame, what was found and what is allowed.
public final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WireFormatException(String message) {
        super(message, null, false, false);
    }

    static WireFormatException at(String field, int offset, String found, String allowed) {
        return new WireFormatException(field + " at offset " + offset + ": found " + found + ", allowed " + allowed);
    }
}
