package io.meridian.simulator.disk;

/// The calls of the port that touch the device and can therefore fail.
public enum DiskCall {
    LIST,
    EXISTS,
    CREATE_DIRECTORY,
    CREATE,
    OPEN,
    RENAME,
    DELETE,
    FORCE_DIRECTORY,
    WRITE,
    READ,
    FORCE,
    TRUNCATE,
    VOLUME_SPACE;

    /// Whether the call changes anything that a crash could lose.
    public boolean isChange() {
        return switch (this) {
            case LIST, EXISTS, OPEN, READ, VOLUME_SPACE -> false;
            case CREATE_DIRECTORY, CREATE, RENAME, DELETE, FORCE_DIRECTORY, WRITE, FORCE, TRUNCATE -> true;
        };
    }
}
