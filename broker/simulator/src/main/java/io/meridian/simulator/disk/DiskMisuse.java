package io.meridian.simulator.disk;

/// The code under test broke a rule of the storage port: a closed file used, a slice released twice, a file cut
/// below a slice on its way to a client.
public final class DiskMisuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiskMisuse(String message) {
        super(message);
    }
}
