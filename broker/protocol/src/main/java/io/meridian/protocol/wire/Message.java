package io.meridian.protocol.wire;

/// Something that writes itself in one of its versions: a request, a response, a stored record, or a part of one.
///
/// Every message is a record generated from its specification. Lists handed to a message are kept, not copied: the
/// caller must not change them afterwards.
public interface Message {
    /// Appends the fields that `version` has.
    ///
    /// @throws UnsupportedVersionException when the message has no such version
    /// @throws UnsupportedFieldException when a field that `version` lacks has a value that must not be lost
    void write(WireWriter writer, short version);
}
