package io.meridian.transport;

/// Why a connection was dropped by this side because of what its peer sent, or failed to send.
public enum DropReason {
    /// A length below zero.
    NEGATIVE_LENGTH("negative_length"),
    /// A length in which not even a header fits.
    TOO_SHORT("too_short"),
    /// More bytes than the API may send, or than the budget could ever grant.
    TOO_LONG("too_long"),
    /// No whole request since the connection began.
    SETUP("setup"),
    /// A frame that was not complete in time, or held memory that others waited for.
    SLOW("slow"),
    /// Responses of which nothing was taken.
    UNREAD("unread"),
    /// Requests that waited for something to happen, while others waited for their memory.
    WAITING("waiting"),
    /// Nothing received and nothing in work for too long.
    IDLE("idle"),
    /// An API or a version of it that is not served.
    UNSUPPORTED("unsupported"),
    /// Bytes that are not the message they claim to be.
    MALFORMED("malformed");

    private final String label;

    DropReason(String label) {
        this.label = label;
    }

    /// The reason as a metric's label.
    public String label() {
        return label;
    }
}
