package io.meridian.log.checkpoint;

/// What reading a checkpoint file gave.
public sealed interface CheckpointResult<T> {
    record Content<T>(T value) implements CheckpointResult<T> {}

    /// There is no such file.
    record Missing<T>() implements CheckpointResult<T> {}

    /// The content is not what this file holds.
    ///
    /// @param reason names the file, what was expected and what was found
    record Damaged<T>(String reason) implements CheckpointResult<T> {}
}
